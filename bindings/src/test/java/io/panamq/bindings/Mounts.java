// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes mounts that only one child process sees, and that end with it. */
final class Mounts {
    private static final String SCRIPT =
            "options=$1; shift; while [ \"$1\" != -- ]; do"
                    + " mount -t tmpfs -o \"$options\" tmpfs \"$1\" || exit 97; shift; done;"
                    + " shift; exec \"$@\"";

    private Mounts() {}

    /** Returns a command that mounts an empty file system over each folder, then runs the rest. */
    static List<String> over(String options, Path... folders) throws InterruptedException {
        List<String> command = new ArrayList<>(unshare());
        command.addAll(List.of("sh", "-c", SCRIPT, "sh", options));
        for (Path folder : folders) {
            command.add(folder.toString());
        }
        command.add("--");
        List<String> attempt = new ArrayList<>(command);
        attempt.add("true");
        assumeTrue(
                ChildJvm.exitCode(attempt) == 0,
                "no private mounts: needs Linux, and root or user namespaces");
        return command;
    }

    private static List<String> unshare() throws InterruptedException {
        List<String> asRoot = List.of("unshare", "--mount");
        return ChildJvm.exitCode(List.of("unshare", "--mount", "true")) == 0
                ? asRoot
                : List.of("unshare", "--mount", "--map-root-user");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * The libzmq of a newer suite of Debian, with the C library that it needs, which {@code
 * .ci/newer-libzmq} fetches. A test that needs it is skipped with the reason where that cannot be
 * had.
 */
public final class NewerLibrary {
    private static final Path SCRIPT = Path.of("..", ".ci", "newer-libzmq");
    private static final Path FOLDER = Path.of("target", "newer-libzmq");
    private static String reason;

    private final Path folder;

    private NewerLibrary(Path folder) {
        this.folder = folder;
    }

    /** Returns the library; skips the test, and says why, if it is not to be had. */
    public static synchronized NewerLibrary require() {
        if (reason == null) {
            reason = fetch();
        }
        if (!reason.isEmpty()) {
            System.err.println("SKIPPED, for there is no newer libzmq: " + reason);
            Assumptions.abort("no newer libzmq: " + reason);
        }
        return new NewerLibrary(FOLDER.toAbsolutePath());
    }

    private static String fetch() {
        if (!Files.exists(SCRIPT)) {
            return SCRIPT + " is not here";
        }
        if (Files.exists(FOLDER.resolve("libzmq.so.5"))) {
            return "";
        }
        try {
            Path output = Files.createTempFile("newer-libzmq", ".txt");
            ChildJvm.Ended ended =
                    ChildJvm.run(
                            300, List.of("bash", SCRIPT.toString(), FOLDER.toString()), output);
            Files.delete(output);
            return ended.exit() == 0 ? "" : ended.output().strip();
        } catch (java.io.IOException | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Runs a class with this library, in a JVM on the C library of the newer suite. */
    public ChildJvm.Ended run(Path temp, int seconds, Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(folder.resolve("ld-linux-x86-64.so.2").toString());
        command.addAll(List.of("--library-path", folder + ":/usr/lib/x86_64-linux-gnu"));
        command.add(ChildJvm.tool("java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dpanamq.library=" + folder.resolve("libzmq.so.5"));
        command.addAll(List.of("-cp", ChildJvm.classPath(main), main.getName()));
        return ChildJvm.run(seconds, command, temp.resolve("output.txt"));
    }
}

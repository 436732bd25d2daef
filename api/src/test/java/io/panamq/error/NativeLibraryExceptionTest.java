// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Context;
import io.panamq.Curve;
import io.panamq.Message;
import io.panamq.Zmq;
import io.panamq.bindings.NativeLibrary;
import io.panamq.support.ChildJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that any first call says why there is no libzmq, and that the second call says it again.
 */
class NativeLibraryExceptionTest {
    @TempDir Path folder;

    @Test
    void shouldExplainAMissingLibraryWhateverIsCalledFirst() {
        for (String first : List.of("context", "message", "version", "keys")) {
            String missing = folder.resolve("nothing.so").toString();
            assertThat(
                            run(
                                    first,
                                    "-Dpanamq.library=" + missing,
                                    "--enable-native-access=ALL-UNNAMED"))
                    .as(first)
                    .isEqualTo("NativeLibraryException nothing.so\n".repeat(2));
        }
    }

    @Test
    void shouldExplainDeniedNativeAccessWhateverIsCalledFirst() {
        assumeTrue(Runtime.version().feature() >= 24, "this JDK cannot deny it");
        for (String first : List.of("context", "message", "version", "keys")) {
            assertThat(run(first, "--illegal-native-access=deny"))
                    .as(first)
                    .isEqualTo(
                            "NativeLibraryException --enable-native-access=ALL-UNNAMED\n"
                                    .repeat(2));
        }
    }

    @Test
    void shouldSayOnceOnTheClassPathHowToAllowNativeAccess() {
        assumeTrue(Runtime.version().feature() >= 24, "this JDK cannot deny it");

        assertThat(run("uncaught", "--illegal-native-access=deny"))
                .containsOnlyOnce("--enable-native-access=")
                .containsOnlyOnce("To fix: start Java with --enable-native-access=ALL-UNNAMED ")
                .contains("IllegalCallerException");
    }

    @Test
    void shouldSayOnceOnTheModulePathHowToAllowNativeAccess() {
        assumeTrue(Runtime.version().feature() >= 24, "this JDK cannot deny it");
        // A grant to this module is what a user tries first.
        for (String wrong : List.of("io.panamq", "ALL-UNNAMED")) {
            String output =
                    runModular(
                            "uncaught",
                            "--illegal-native-access=deny",
                            "--enable-native-access=" + wrong);

            assertThat(output)
                    .containsOnlyOnce("--enable-native-access=")
                    .containsOnlyOnce(
                            "To fix: start Java with --enable-native-access=io.panamq.bindings ")
                    .doesNotContain("manifest");
        }
    }

    private String run(String first, String... options) {
        return launch(
                first,
                List.of(options),
                List.of("-cp", ChildJvm.classPath(Child.class), Child.class.getName()));
    }

    private String runModular(String first, String... options) {
        String modules =
                ChildJvm.classes(Context.class)
                        + File.pathSeparator
                        + ChildJvm.classes(NativeLibrary.class);
        return launch(
                first,
                List.of(options),
                List.of(
                        "--module-path",
                        modules,
                        "--patch-module",
                        "io.panamq=" + ChildJvm.classes(Child.class),
                        "--module",
                        "io.panamq/" + Child.class.getName()));
    }

    private String launch(String first, List<String> options, List<String> program) {
        List<String> command = new ArrayList<>(List.of(ChildJvm.tool("java").toString()));
        command.addAll(options);
        command.addAll(program);
        command.add(first);
        return ChildJvm.run(30, command, folder.resolve("output.txt")).output();
    }

    /** Makes the same call twice, and prints the results. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            if (arguments[0].equals("uncaught")) {
                Context.create().close();
                return;
            }
            for (int i = 0; i < 2; i++) {
                try {
                    call(arguments[0]);
                    System.out.print("nothing\n");
                } catch (Throwable t) {
                    System.out.print(t.getClass().getSimpleName() + " " + said(t) + "\n");
                }
            }
        }

        private static void call(String first) {
            switch (first) {
                case "context" -> Context.create().close();
                case "message" -> Message.of("text").close();
                case "version" -> Zmq.version();
                default -> Curve.keyPair();
            }
        }

        private static String said(Throwable t) {
            String text = String.valueOf(t.getMessage());
            for (String word : List.of("--enable-native-access=ALL-UNNAMED", "nothing.so")) {
                if (text.contains(word)) {
                    return word;
                }
            }
            return text;
        }
    }
}

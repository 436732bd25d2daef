// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process ends with its own exit code, whatever is open. */
class JvmExitTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"exit", "halt"})
    void shouldEndWithEverythingOpen(String how) throws Exception {
        assertThat(run(how)).isEqualTo(7);
    }

    @Test
    void shouldEndWithItsMainThread() throws Exception {
        assertThat(run("return")).isZero();
    }

    private int run(String how) throws IOException, InterruptedException, URISyntaxException {
        String path =
                Stream.of(classes(Child.class), classes(Context.class), classes(bindings()))
                        .distinct()
                        .collect(Collectors.joining(File.pathSeparator));
        Path output = folder.resolve("output.txt");
        Process child =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        path,
                                        Child.class.getName(),
                                        how))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).as("child ended").isTrue();
            assertThat(Files.readString(output)).isEqualTo("ready\n");
            return child.exitValue();
        } finally {
            child.destroyForcibly();
        }
    }

    static Class<?> bindings() {
        return io.panamq.bindings.NativeLibrary.class;
    }

    /** Main and test classes of one package are one module, but two folders. */
    static String classes(Class<?> type) throws URISyntaxException {
        String file = type.getName().replace('.', '/') + ".class";
        String url = String.valueOf(type.getResource("/" + file));
        if (url.startsWith("jar:")) {
            return Path.of(new java.net.URI(url.substring(4, url.indexOf("!/")))).toString();
        }
        String path = Path.of(new java.net.URI(url)).toString();
        return path.substring(0, path.length() - file.length() - 1);
    }

    /** Leaves all open: blocked threads, unsent messages, a lingering context. */
    static final class Child {
        private Child() {}

        /** Without the libraries of the tests. */
        private static void spinUntilBlocked(Background<?> background) {
            while (!background.isBlocked()) {
                Thread.onSpinWait();
            }
        }

        public static void main(String[] arguments) {
            Context context = Context.builder().linger(SocketOption.FOREVER).build();
            PushSocket push = context.push();
            push.connect(Transport.nowhere());
            for (int i = 0; i < 100; i++) {
                push.send(new byte[10_000]);
            }
            spinUntilBlocked(Background.start(() -> context.pull().receive()));
            spinUntilBlocked(Background.start(() -> context.dealer().send("nobody")));
            PullSocket inbox = context.pull();
            inbox.bind(Transport.TCP.fresh());
            System.out.print("ready\n");
            System.out.flush();
            if (arguments[0].equals("exit")) {
                System.exit(7);
            } else if (arguments[0].equals("halt")) {
                Runtime.getRuntime().halt(7);
            }
        }
    }
}

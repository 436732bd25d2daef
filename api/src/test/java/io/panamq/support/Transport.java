// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The transports that every build has. */
public enum Transport {
    INPROC,
    IPC,
    TCP;

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Returns an endpoint to bind that nobody uses. The result of bind may differ from it. */
    public String fresh() {
        return switch (this) {
            case INPROC -> "inproc://test-" + COUNT.incrementAndGet();
            case IPC -> "ipc://" + Folder.PATH.resolve("s" + COUNT.incrementAndGet());
            case TCP -> "tcp://127.0.0.1:*";
        };
    }

    /**
     * Returns the arguments of a test of two parameters: each of the values with each transport.
     */
    public static Stream<Arguments> with(Object[] values) {
        return Arrays.stream(values)
                .flatMap(
                        value ->
                                Arrays.stream(values())
                                        .map(transport -> Arguments.of(value, transport)));
    }

    /** Returns an endpoint that can be connected to and where there is never a peer. */
    public static String nowhere() {
        return "tcp://127.0.0.1:1";
    }

    /** The folder of this run for the paths of ipc. */
    private static final class Folder {
        static final Path PATH = make();

        private static Path make() {
            try {
                Path folder = Files.createTempDirectory("pmq");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(Path folder) {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
                Files.delete(folder);
            } catch (IOException e) {
                folder.toFile().deleteOnExit();
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compiles a library that looks like a libzmq to the loader. */
final class StubLibrary {
    private static final String SOURCE =
            """
            void zmq_version(int *major, int *minor, int *patch)
            {
                *major = MAJOR; *minor = MINOR; *patch = PATCH;
            }
            static int context;
            #ifndef NO_CTX_NEW
            void *zmq_ctx_new(void) { return &context; }
            #endif
            int zmq_ctx_get(void *ctx, int option)
            {
                return ctx == &context && option == 6 ? MESSAGE_SIZE : -1;
            }
            int zmq_ctx_term(void *ctx) { return ctx == &context ? 0 : -1; }
            """;

    private StubLibrary() {}

    /** Compiles a library of a version into a file, with C macros such as {@code NO_CTX_NEW}. */
    static Path build(Path file, LibraryVersion version, int messageSize, String... macros)
            throws IOException, InterruptedException {
        String compiler = System.getenv().getOrDefault("CC", "cc");
        assumeTrue(
                ChildJvm.exitCode(List.of(compiler, "--version")) == 0,
                "no C compiler '" + compiler + "' to build a stub library with");
        Path source = Files.createTempFile(file.getParent(), "stub", ".c");
        Files.writeString(source, SOURCE);
        List<String> command = new ArrayList<>(List.of(compiler, "-shared", "-fPIC"));
        command.addAll(List.of("-DMAJOR=" + version.major(), "-DMINOR=" + version.minor()));
        command.addAll(List.of("-DPATCH=" + version.patch(), "-DMESSAGE_SIZE=" + messageSize));
        for (String macro : macros) {
            command.add("-D" + macro);
        }
        command.addAll(List.of("-o", file.toString(), source.toString()));
        if (ChildJvm.exitCode(command) != 0) {
            throw new AssertionError(command + " failed");
        }
        Files.delete(source);
        return file;
    }

    /** Compiles a library that the loader accepts. */
    static Path build(Path file) throws IOException, InterruptedException {
        return build(file, new LibraryVersion(4, 3, 9), 64);
    }
}

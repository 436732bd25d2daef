// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code jextract/CheckGenerated.java}, which each build runs, on a copy of the project. */
class CheckGeneratedTest {
    private static final String GENERATED = "src/main/java/io/panamq/bindings/libzmq";

    @TempDir Path temp;
    private Path copy;

    @BeforeEach
    void copyProject() throws IOException {
        copy = temp.resolve("bindings");
        copy("jextract");
        copy(GENERATED);
    }

    @Test
    void shouldPassWhatIsCommitted() throws Exception {
        assertThat(check().succeeded().text()).isEmpty();
    }

    @Test
    void shouldNameAFileThatWasEditedByHand() throws Exception {
        Path file = copy.resolve(GENERATED + "/zmq_msg_t.java");
        Files.writeString(file, "\n// by hand\n", StandardOpenOption.APPEND);

        assertRefused(GENERATED + "/zmq_msg_t.java was edited");
    }

    @Test
    void shouldNameAFileThatIsMissing() throws Exception {
        Files.delete(copy.resolve(GENERATED + "/zmq_h.java"));

        assertRefused(GENERATED + "/zmq_h.java is missing");
    }

    @Test
    void shouldNameAFileThatJextractDidNotWrite() throws Exception {
        Files.writeString(copy.resolve(GENERATED + "/Mine.java"), "class Mine {}");

        assertRefused(GENERATED + "/Mine.java is not jextract's");
    }

    @Test
    void shouldNoticeASymbolListThatWasNotGenerated() throws Exception {
        Path file = copy.resolve("jextract/symbols.txt");
        Files.writeString(file, "--include-function zmq_new\n", StandardOpenOption.APPEND);

        assertRefused("jextract/symbols.txt was edited");
    }

    @Test
    void shouldAcceptTheLineEndsOfACheckout() throws Exception {
        Path file = copy.resolve(GENERATED + "/zmq_msg_t.java");
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));

        check().succeeded();
    }

    private void assertRefused(String fault) throws IOException, InterruptedException {
        ChildJvm.Result result = check();

        assertThat(result.exit()).as("exit code, with the text:%n%s", result.text()).isEqualTo(1);
        assertThat(result.text().lines().filter(line -> line.startsWith("  ")))
                .containsExactly("  bindings/" + fault);
    }

    private ChildJvm.Result check() throws IOException, InterruptedException {
        Path program = TestLibrary.project().resolve("jextract/CheckGenerated.java");
        return new ChildJvm(temp).source(program, copy.toString());
    }

    private void copy(String folder) throws IOException {
        Path from = TestLibrary.project().resolve(folder);
        Path to = Files.createDirectories(copy.resolve(folder));
        try (var files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.panamq.support.ChildJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the examples of the Javadoc are compiled, and use only what users can use. */
class SnippetsTest {
    @Test
    void shouldUseOnlyWhatUsersCanUse() {
        Path tests = Path.of(ChildJvm.classes(SnippetsTest.class));
        var snippets =
                new ClassFileImporter()
                        .withImportOption(location -> location.contains("Snippets"))
                        .withImportOption(location -> !location.contains("SnippetsTest"))
                        .importPath(tests.resolve("io/panamq/snippets"));
        assertThat(snippets.contain(PackageSnippets.class)).isTrue();

        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.panamq.internal..", "io.panamq.bindings..", "io.panamq.support..")
                .check(snippets);
    }

    @Test
    void shouldHaveNoExampleThatIsNotCompiled() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<String> examples =
                    sources.filter(path -> path.toString().endsWith(".java"))
                            .flatMap(SnippetsTest::linesOf)
                            .filter(line -> line.contains("@snippet") || line.contains("<pre>"))
                            .toList();
            assertThat(examples)
                    .hasSizeGreaterThan(20)
                    .allMatch(
                            line ->
                                    line.contains("{@snippet class=")
                                            || line.contains("{@snippet lang=\"shell\""));
        }
    }

    private static Stream<String> linesOf(Path path) {
        try {
            return Files.readAllLines(path).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static String[] outputOf(Runnable snippet) {
        PrintStream before = System.out;
        var output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            snippet.run();
        } finally {
            System.setOut(before);
        }
        return output.toString(StandardCharsets.UTF_8).lines().toArray(String[]::new);
    }
}

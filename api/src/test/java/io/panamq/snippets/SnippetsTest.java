// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.panamq.support.ChildJvm;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the examples of the Javadoc. */
@Timeout(20)
class SnippetsTest {

    @Test
    void shouldPrintTheFirstMessage() {
        assertThat(outputOf(PackageSnippets::first)).containsExactly("hello");
    }

    @Test
    void shouldUseOnlyWhatUsersCanUse() {
        Path tests = Path.of(ChildJvm.classes(SnippetsTest.class));
        var snippets = new ClassFileImporter().importPath(tests.resolve("io/panamq/snippets"));
        assertThat(snippets.contain(PackageSnippets.class)).isTrue();

        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.panamq.internal..", "io.panamq.bindings..")
                .check(snippets);
    }

    private static String[] outputOf(Runnable snippet) {
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

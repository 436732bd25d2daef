// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.panamq.bench.head2head.Head2Head;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packages of the benchmarks use each other in one direction only. */
class ArchitectureTest {
    private static JavaClasses benchmarks;

    @BeforeAll
    static void read() throws URISyntaxException {
        var place = Head2Head.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        benchmarks = new ClassFileImporter().importPath(Path.of(place));
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching("io.panamq.bench.(**)").should().beFreeOfCycles().check(benchmarks);
    }

    @ParameterizedTest(name = "{0} uses {1}")
    @CsvSource({
        "kit, kit",
        "micro.., kit micro..",
        "scale, kit scale",
        "life, kit life",
        "head2head.model, kit head2head.model",
        "head2head.worker, head2head.worker",
        "head2head.run, kit head2head.run head2head.model head2head.worker",
        "head2head.report, head2head.report head2head.model",
        "head2head, head2head..",
    })
    void shouldUseOnlyWhatIsBelow(String user, String used) {
        String[] allowed = used.split(" ");
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = "io.panamq.bench." + allowed[i];
        }
        classes()
                .that()
                .resideInAPackage("io.panamq.bench." + user)
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage("io.panamq.bench..").or(resideInAnyPackage(allowed)))
                .check(benchmarks);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.reflect.Executable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Arrows only go down, and no restricted call in this module. */
class ArchitectureTest {
    private static JavaClasses api;

    @BeforeAll
    static void read() throws URISyntaxException {
        URI place = Context.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        // The tests may be a part of the same module: read the main classes only.
        api = new ClassFileImporter().importPath(Path.of(place));
        assertThat(api).isNotEmpty();
        assertThat(api.contain(Context.class)).isTrue();
        assertThat(api.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void shouldDependOnTheJdkAndTheBindingsOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.panamq", "io.panamq.bindings..")
                .check(api);
    }

    @Test
    void shouldMakeNoRestrictedCall() {
        noClasses().should().callMethod(MemorySegment.class, "reinterpret", long.class).check(api);
        noClasses()
                .should()
                .callMethodWhere(
                        com.tngtech.archunit.base.DescribedPredicate.describe(
                                "restricted or unsafe",
                                call ->
                                        call.getName().equals("reinterpret")
                                                || call.getName().equals("ofAddress")
                                                || call.getName().equals("withTargetLayout")
                                                || call.getName().equals("enableNativeAccess")
                                                || call.getTargetOwner()
                                                        .isAssignableTo(Runtime.class)
                                                || call.getTargetOwner()
                                                        .isAssignableTo(Linker.class)
                                                || call.getTargetOwner()
                                                        .isAssignableTo(SymbolLookup.class)
                                                || (call.getTargetOwner()
                                                                .isAssignableTo(System.class)
                                                        && call.getName().startsWith("load"))))
                .check(api);
    }

    @Test
    void shouldNotShowTheBindingsInItsSignatures() throws ClassNotFoundException {
        List<String> shown = new ArrayList<>();
        for (JavaClass each : api) {
            if (each.getModifiers().contains(JavaModifier.PUBLIC)) {
                Class<?> type = Class.forName(each.getName());
                shown.add(type.toGenericString() + type.getGenericSuperclass());
                for (Executable method : type.getMethods()) {
                    shown.add(((java.lang.reflect.Method) method).toGenericString());
                }
                Arrays.stream(type.getConstructors()).forEach(c -> shown.add(c.toGenericString()));
                Arrays.stream(type.getFields())
                        .forEach(field -> shown.add(field.toGenericString()));
            }
        }

        assertThat(shown)
                .hasSizeGreaterThan(200)
                .noneMatch(text -> text.contains("panamq.bindings"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the packages: references only point downwards, and hidden types stay hidden. */
class ArchitectureTest {
    /** All packages, from the top. Each one uses only packages that stand below it. */
    private static final List<String> ROOMS =
            List.of(
                    "io.panamq.security",
                    "io.panamq.loop",
                    "io.panamq",
                    "io.panamq.internal.poll",
                    "io.panamq.internal.context",
                    "io.panamq.internal.option",
                    "io.panamq.internal.socket",
                    "io.panamq.internal.memory",
                    "io.panamq.internal.watch",
                    "io.panamq.internal.leak",
                    "io.panamq.internal.guard",
                    "io.panamq.internal.error",
                    "io.panamq.error");

    private static final Set<String> EXPORTED =
            Set.of("io.panamq", "io.panamq.error", "io.panamq.loop", "io.panamq.security");

    /** Annotations for those who compile. No JVM needs their classes. */
    private static final Set<String> ANNOTATIONS =
            Set.of("com.google.errorprone.annotations", "org.jspecify.annotations");

    private static JavaClasses api;

    @BeforeAll
    static void read() throws URISyntaxException {
        URI place = Context.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        // The tests may be part of the same module, so this reads the main classes only.
        api = new ClassFileImporter().importPath(Path.of(place));
        assertThat(api).isNotEmpty();
        assertThat(api.contain(Context.class)).isTrue();
        assertThat(api.contain(ArchitectureTest.class)).isFalse();
    }

    // ---- references between packages

    @Test
    void shouldHaveTheseRoomsAndNoOthers() {
        assertThat(
                        api.stream()
                                .map(JavaClass::getPackageName)
                                .filter(name -> !name.isEmpty())
                                .collect(toSet()))
                .isEqualTo(Set.copyOf(ROOMS));
    }

    static Stream<String> rooms() {
        return ROOMS.stream().skip(1);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void shouldUseOnlyTheRoomsBelow(String room) {
        String[] above = ROOMS.subList(0, ROOMS.indexOf(room)).toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .check(api);
    }

    @Test
    void shouldHaveNoCycleBetweenRooms() {
        slices().assignedFrom(new Rooms()).should().beFreeOfCycles().check(api);
    }

    private static final class Rooms implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return ROOMS.contains(type.getPackageName())
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the rooms";
        }
    }

    @Test
    void shouldDependOnTheJdkAndTheBindingsOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        describe(
                                "are of the JDK, the bindings or the api, or are annotations",
                                type ->
                                        type.getPackageName().startsWith("java.")
                                                || type.isPrimitive()
                                                || type.isArray()
                                                || ROOMS.contains(type.getPackageName())
                                                || ANNOTATIONS.contains(type.getPackageName())
                                                || type.getPackageName()
                                                        .startsWith("io.panamq.bindings")))
                .check(api);
    }

    @Test
    void shouldMakeNoRestrictedCall() {
        noClasses()
                .should()
                .callMethodWhere(
                        describe(
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

    // ---- what users see

    @Test
    void shouldExportThesePackagesOnly() {
        ModuleDescriptor module = Context.class.getModule().getDescriptor();

        assertThat(
                        module.exports().stream()
                                .filter(export -> !export.isQualified())
                                .map(ModuleDescriptor.Exports::source)
                                .collect(toSet()))
                .isEqualTo(EXPORTED);
    }

    /** A consumer on the module path could not compile without a module that is transitive. */
    @Test
    void shouldRequireTheModulesOfAnnotationsOfNobodyElse() {
        var needed = new ArrayList<String>();
        for (var required : Context.class.getModule().getDescriptor().requires()) {
            if (!required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC)) {
                needed.add(required.name());
            } else {
                assertThat(required.modifiers())
                        .as(required.name())
                        .doesNotContain(ModuleDescriptor.Requires.Modifier.TRANSITIVE);
            }
        }
        assertThat(needed).containsExactlyInAnyOrder("java.base", "io.panamq.bindings");
    }

    /** A public type may extend a hidden one, because the hidden members do not show. */
    @Test
    void shouldShowNoHiddenTypeInASignature() throws ReflectiveOperationException {
        List<String> shown = new ArrayList<>();
        for (Class<?> type : publicTypes()) {
            Arrays.stream(type.getInterfaces()).forEach(each -> shown.add(each.getName()));
            Arrays.stream(type.getTypeParameters()).forEach(each -> shown.add(boundsOf(each)));
            for (Class<?> each = type; isOurs(each); each = each.getSuperclass()) {
                boolean hidden = !EXPORTED.contains(each.getPackageName());
                for (Method method : each.getDeclaredMethods()) {
                    if (hidden && isPublic(method) && !method.getName().equals("toString")) {
                        assertThat(type.getMethod(method.getName(), method.getParameterTypes()))
                                .as("a public type declares what it shows")
                                .matches(it -> EXPORTED.contains(packageOf(it)));
                    }
                    if (!hidden && isVisible(method)) {
                        shown.add(method.toGenericString().replace(each.getName() + ".", ""));
                    }
                }
                for (Constructor<?> constructor : each.getDeclaredConstructors()) {
                    if (!hidden && isVisible(constructor)) {
                        shown.add(constructor.toGenericString());
                    }
                }
                for (Field field : each.getDeclaredFields()) {
                    assertThat(hidden && isPublic(field)).as(field.toString()).isFalse();
                    if (!hidden && isVisible(field)) {
                        shown.add(field.toGenericString());
                    }
                }
            }
        }

        assertThat(shown)
                .hasSizeGreaterThan(400)
                .noneMatch(text -> text.contains("panamq.bindings"))
                .noneMatch(text -> text.contains("panamq.internal"));
    }

    private static String boundsOf(java.lang.reflect.TypeVariable<?> variable) {
        return Arrays.toString(variable.getBounds());
    }

    private static boolean isOurs(Class<?> type) {
        return type != null && type.getPackageName().startsWith("io.panamq");
    }

    private static String packageOf(Method method) {
        return method.getDeclaringClass().getPackageName();
    }

    private static boolean isPublic(java.lang.reflect.Member member) {
        return Modifier.isPublic(member.getModifiers()) && !member.isSynthetic();
    }

    /** A final type has no visible protected members, because nobody can extend it. */
    private static boolean isVisible(java.lang.reflect.Member member) {
        boolean open = !Modifier.isFinal(member.getDeclaringClass().getModifiers());
        return isPublic(member) || (open && Modifier.isProtected(member.getModifiers()));
    }

    private static List<Class<?>> publicTypes() throws ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        for (JavaClass each : api) {
            Class<?> type = Class.forName(each.getName(), false, Context.class.getClassLoader());
            if (EXPORTED.contains(each.getPackageName()) && isPublicThroughout(type)) {
                types.add(type);
            }
        }
        assertThat(types).hasSizeGreaterThan(60);
        return types;
    }

    private static boolean isPublicThroughout(Class<?> type) {
        return type == null
                || (Modifier.isPublic(type.getModifiers())
                        && isPublicThroughout(type.getEnclosingClass()));
    }

    @Test
    void shouldDocumentEveryPublicType() throws ClassNotFoundException, IOException {
        List<String> undocumented = new ArrayList<>();
        for (Class<?> type : publicTypes()) {
            Class<?> outer = type;
            while (outer.getEnclosingClass() != null) {
                outer = outer.getEnclosingClass();
            }
            Path source =
                    Path.of("src/main/java", outer.getName().replace('.', '/') + ".java")
                            .toAbsolutePath();
            Pattern documented =
                    Pattern.compile(
                            "\\*/\\s+(@[^\\n]*\\n\\s*)*[a-z -]*(class|interface|enum|record) "
                                    + type.getSimpleName()
                                    + "\\b");
            if (!documented.matcher(Files.readString(source)).find()) {
                undocumented.add(type.getName());
            }
        }

        assertThat(undocumented).isEmpty();
    }

    static Stream<String> allRooms() {
        return ROOMS.stream();
    }

    @ParameterizedTest
    @MethodSource("allRooms")
    void shouldSayWhatEachRoomIsFor(String room) throws IOException {
        Path info = Path.of("src/main/java", room.replace('.', '/'), "package-info.java");

        assertThat(Files.readString(info)).contains("/**").contains("package " + room + ";");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.bindings.LibraryVersion;
import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.TestLibrary;
import io.panamq.bindings.libzmq.zmq_h;
import io.panamq.bindings.libzmq.zmq_msg_t;
import io.panamq.bindings.libzmq.zmq_poller_event_t;
import io.panamq.bindings.libzmq.zmq_pollitem_t;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Compares the committed output of jextract with the loaded library. */
class GeneratedTest {
    private static final String FUNCTION = "--include-function ";

    /** zmq.h 4.3.5 declares it; only a build that found ppoll() and knows it exports it. */
    private static final String OPTIONAL = "zmq_ppoll";

    /** The prefix of the functions that the bundled library adds to libzmq. */
    private static final String OWN = "panamq_";

    private static final Pattern DECLARATION =
            Pattern.compile("EXPORTED (.* \\*?)(panamq_\\w+) \\((.*)\\);");

    /** Classes with functions of Linux's C library, which no header of libzmq describes. */
    private static final Set<String> OF_LIBC =
            Set.of("EpollCalls", "DescriptorCalls", "SchedulingCalls");

    /** The classes that hold handles of draft functions only. */
    private static final Set<Class<?>> DRAFT =
            Set.of(
                    PollerCalls.class,
                    PollerEvents.class,
                    MonitorDraftCalls.class,
                    DraftSocketCalls.class,
                    ContextOptionCalls.Text.class);

    @BeforeAll
    static void load() {
        TestLibrary.load();
    }

    @Test
    void shouldHaveAMethodForEachFunctionOfTheSymbolListAndNoOther() throws IOException {
        Set<String> methods = new TreeSet<>();
        for (Method method : zmq_h.class.getDeclaredMethods()) {
            if (method.getName().endsWith("$descriptor")) {
                methods.add(method.getName().replace("$descriptor", ""));
            }
        }

        assertThat(methods).isEqualTo(new TreeSet<>(functions("")));
    }

    @Test
    void shouldListTheStableAndTheDraftFunctions() throws IOException {
        assertThat(functions("Stable functions")).hasSize(70).doesNotHaveDuplicates();
        assertThat(functions("Draft functions")).hasSize(26).doesNotHaveDuplicates();
        assertThat(functions("")).hasSize(96).allMatch(name -> name.startsWith("zmq_"));
    }

    @Test
    void shouldFindEveryStableFunctionInTheLoadedLibrary() throws IOException {
        assertThat(missing(functions("Stable functions"))).as("missing functions").isEmpty();
    }

    @Test
    void shouldMissDraftFunctionsOnlyInALibraryWithoutDrafts() throws IOException {
        List<String> missing = missing(functions("Draft functions"));

        if (hasDrafts()) {
            assertThat(missing).isSubsetOf(OPTIONAL);
        } else {
            assertThat(missing).isEqualTo(functions("Draft functions"));
        }
    }

    @Test
    void shouldKnowTheVersionOfTheLoadedLibrary() {
        assertThat(NativeLibrary.version()).isGreaterThanOrEqualTo(new LibraryVersion(4, 3, 0));
        assertThat(NativeLibrary.path()).isAbsolute().isRegularFile();
        assertThat(NativeLibrary.source()).isIn("property", "bundled", "system");
    }

    @Test
    void shouldLayOutAMessageAsLibzmqDoes() {
        assertThat(zmq_msg_t.layout().byteSize()).isEqualTo(NativeLibrary.MESSAGE_SIZE);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldLayOutAPollItemAsLibzmqDoes() {
        MemoryLayout layout = zmq_pollitem_t.layout();

        assertThat(layout.byteSize()).isEqualTo(16);
        assertThat(offsets(layout, "socket", "fd", "events", "revents"))
                .containsExactlyEntriesOf(
                        inOrder("socket", 0L, "fd", 8L, "events", 12L, "revents", 14L));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldLayOutAPollerEventAsLibzmqDoes() {
        MemoryLayout layout = zmq_poller_event_t.layout();

        assertThat(layout.byteSize()).isEqualTo(32);
        assertThat(offsets(layout, "socket", "fd", "user_data", "events"))
                .containsExactlyEntriesOf(
                        inOrder("socket", 0L, "fd", 8L, "user_data", 16L, "events", 24L));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldWritePollItemsAsLibzmqLaysThemOut() {
        assertThat(PollItems.layout()).containsExactly(0, 8, 12, 14, 16);
    }

    @Test
    void shouldOfferTheDraftCallsWhereTheLibraryHasThem() {
        assertThat(DraftFunctions.hasPoller()).isEqualTo(hasDrafts());
        assertThat(DraftFunctions.hasVersionedMonitor()).isEqualTo(hasDrafts());
    }

    @Test
    void shouldLinkEachFunctionAsJextractDescribesIt() throws Exception {
        initialiseAllThatHoldHandles();

        for (Downcalls.Linked linked : Downcalls.linked()) {
            if (linked.name().startsWith(OWN)) {
                continue;
            }
            var described =
                    (FunctionDescriptor)
                            zmq_h.class.getMethod(linked.name() + "$descriptor").invoke(null);
            assertThat(shape(linked.descriptor())).as(linked.name()).isEqualTo(shape(described));
        }
        assertThat(Downcalls.linked()).hasSizeGreaterThan(20);
    }

    @Test
    void shouldLinkTheFunctionsOfTheBundledLibraryAsItsSourceDeclaresThem() throws Exception {
        initialiseAllThatHoldHandles();
        Path source = TestLibrary.project().resolve("native/steps/panamq.c");
        Map<String, String> declared = new TreeMap<>();
        for (String line : Files.readAllLines(source)) {
            Matcher matcher = DECLARATION.matcher(line);
            if (matcher.matches()) {
                String shape = letter(matcher.group(1));
                for (String parameter : matcher.group(3).split(", ")) {
                    shape += letter(parameter);
                }
                declared.put(matcher.group(2), shape);
            }
        }
        Map<String, String> linked = new TreeMap<>();
        for (Downcalls.Linked each : Downcalls.linked()) {
            if (each.name().startsWith(OWN)) {
                linked.put(each.name(), shape(each.descriptor()));
            }
        }
        // Only their addresses are used.
        assertThat(declared.remove("panamq_free")).isEqualTo("VPP");
        assertThat(declared.remove("panamq_free_mapped")).isEqualTo("VPP");
        assertThat(linked).isEqualTo(declared).hasSize(6);
    }

    private static String letter(String declaration) {
        return declaration.contains("*")
                ? "P"
                : declaration.startsWith("int")
                        ? "I"
                        : declaration.startsWith("long") || declaration.startsWith("size_t")
                                ? "J"
                                : "V";
    }

    /** Finds the classes by their fields, so that a new class cannot be forgotten here. */
    private static void initialiseAllThatHoldHandles() throws Exception {
        Path folder =
                TestLibrary.classesOf(NativeLibrary.class).resolve("io/panamq/bindings/calls");
        int handles = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (name.equals("package-info") || OF_LIBC.contains(name)) {
                    continue;
                }
                ClassLoader loader = NativeLibrary.class.getClassLoader();
                Class<?> type = Class.forName("io.panamq.bindings.calls." + name, false, loader);
                long here =
                        Arrays.stream(type.getDeclaredFields())
                                .filter(field -> field.getType() == MethodHandle.class)
                                .count();
                if (here > 0 && (hasDrafts() || !DRAFT.contains(type))) {
                    Class.forName(type.getName(), true, loader);
                    handles += (int) here;
                }
            }
        }
        assertThat(Downcalls.linked()).as("functions linked").hasSize(handles);
    }

    /** Returns result and parameters as letters; all pointers are alike. */
    private static String shape(FunctionDescriptor descriptor) {
        List<MemoryLayout> layouts = new ArrayList<>();
        descriptor.returnLayout().ifPresent(layouts::add);
        layouts.addAll(descriptor.argumentLayouts());
        String result = descriptor.returnLayout().isPresent() ? "" : "V";
        for (MemoryLayout layout : layouts) {
            Class<?> carrier = ((ValueLayout) layout).carrier();
            assertThat(layout.byteAlignment()).as("alignment").isEqualTo(layout.byteSize());
            result += carrier == MemorySegment.class ? "P" : carrier.descriptorString();
        }
        return result;
    }

    @Test
    void shouldNameTheFunctionThatIsMissing() {
        assertThatThrownBy(() -> Downcalls.capturing("zmq_not_yet", Shapes.I_P))
                .isInstanceOf(MissingFunctionException.class)
                .hasMessageContaining("zmq_not_yet is not exported by libzmq")
                .hasMessageContaining(NativeLibrary.version().toString())
                .hasMessageContaining(NativeLibrary.path().toString());
        assertThatThrownBy(() -> Downcalls.plain("zmq_not_yet", Shapes.I_P))
                .isInstanceOf(MissingFunctionException.class);
    }

    @Test
    void shouldWorkOnAfterAMissingFunction() {
        assertThatThrownBy(() -> Downcalls.plain("zmq_not_yet", Shapes.I_P))
                .isInstanceOf(MissingFunctionException.class);

        assertThat(NativeLibrary.find("zmq_not_yet")).isEmpty();
        assertThat(NativeLibrary.find("zmq_has")).isPresent();
        assertThat(NativeMemory.string(ErrorCalls.text(156384763))).isNotBlank();
    }

    private static List<String> missing(List<String> functions) {
        return functions.stream().filter(name -> NativeLibrary.find(name).isEmpty()).toList();
    }

    private static boolean hasDrafts() {
        try (Arena arena = Arena.ofConfined()) {
            return LibraryCalls.has(arena.allocateFrom("draft")) == 1;
        }
    }

    /** Returns the functions below a heading of the symbol list, or all of them. */
    private static List<String> functions(String heading) throws IOException {
        boolean[] inside = {heading.isEmpty()};
        return Files.readAllLines(TestLibrary.project().resolve("jextract/symbols.txt")).stream()
                .filter(
                        line -> {
                            if (line.startsWith("#") && !heading.isEmpty()) {
                                inside[0] = line.startsWith("# " + heading);
                            }
                            return inside[0] && line.startsWith(FUNCTION);
                        })
                .map(line -> line.substring(FUNCTION.length()))
                .toList();
    }

    private static Map<String, Long> offsets(MemoryLayout layout, String... names) {
        Map<String, Long> offsets = new LinkedHashMap<>();
        Arrays.stream(names)
                .forEach(name -> offsets.put(name, layout.byteOffset(groupElement(name))));
        return offsets;
    }

    private static Map<String, Long> inOrder(
            String a, long atA, String b, long atB, String c, long atC, String d, long atD) {
        Map<String, Long> map = new LinkedHashMap<>();
        map.put(a, atA);
        map.put(b, atB);
        map.put(c, atC);
        map.put(d, atD);
        return map;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.bindings.libzmq.zmq_h;
import io.panamq.support.ChildJvm;
import io.panamq.support.NewerLibrary;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that each option of the header is a typed one, and each typed one is right. */
class OptionWalkTest {
    /** What is deprecated or an alias in C, and what there is instead. */
    private static final Map<String, String> REPLACED =
            Map.ofEntries(
                    Map.entry("ZMQ_IPV4ONLY", "IPV6"),
                    Map.entry("ZMQ_ROUTER_RAW", "STREAM_NOTIFY"), // the type STREAM
                    Map.entry("ZMQ_TCP_ACCEPT_FILTER", "ZAP_DOMAIN"),
                    Map.entry("ZMQ_IPC_FILTER_PID", "ZAP_DOMAIN"),
                    Map.entry("ZMQ_IPC_FILTER_UID", "ZAP_DOMAIN"),
                    Map.entry("ZMQ_IPC_FILTER_GID", "ZAP_DOMAIN"),
                    Map.entry("ZMQ_IDENTITY", "ROUTING_ID"),
                    Map.entry("ZMQ_CONNECT_RID", "CONNECT_ROUTING_ID"),
                    Map.entry("ZMQ_DELAY_ATTACH_ON_CONNECT", "IMMEDIATE"),
                    Map.entry("ZMQ_FAIL_UNROUTABLE", "ROUTER_MANDATORY"),
                    Map.entry("ZMQ_ROUTER_BEHAVIOR", "ROUTER_MANDATORY"));

    /** Constants of the header that are no options. */
    private static final String OTHERS =
            "ZMQ_(VERSION.*|EVENT_.*|PROTOCOL_ERROR_.*|POLL.*|MSG_PROPERTY_.*|.*_DFLT|CURRENT_EVENT.*"
                    + "|DEFINED_STDINT|HAS_CAPABILITIES|HAUSNUMERO|GROUP_MAX_LENGTH|NULL|PLAIN|CURVE"
                    + "|GSSAPI|GSSAPI_NT_.*|DONTWAIT|NOBLOCK|SNDMORE|MORE|SHARED|SRCFD|NOTIFY_.*"
                    + "|RECONNECT_STOP_.*|NORM_(FIXED|CC|CCL|CCE|CCE_ECNONLY)|STREAMER|FORWARDER"
                    + "|QUEUE|PAIR|PUB|SUB|REQ|REP|DEALER|ROUTER|PULL|PUSH|XPUB|XSUB|STREAM|XREP"
                    + "|XREQ|CLIENT|SERVER|RADIO|DISH|SCATTER|GATHER|DGRAM|PEER|CHANNEL)";

    @Test
    void shouldHaveATypedOptionForEachConstantOfTheHeader() throws Exception {
        Map<String, Integer> typed =
                OptionWalk.options().stream()
                        .map(OptionWalk.Known::option)
                        .filter(option -> option != SocketOption.ROUTING_ID_TEXT)
                        .collect(Collectors.toMap(SocketOption::name, SocketOption::number));
        for (ContextOption<?> option : ContextOptionTest.options()) {
            Integer other = typed.put(option.name(), option.number());
            assertThat(other).as(option.name()).isIn(null, option.number()); // IPV6 is both
        }
        Set<String> missing = new TreeSet<>();
        Set<String> found = new TreeSet<>();
        for (Method constant : zmq_h.class.getMethods()) {
            String name = constant.getName();
            if (name.startsWith("ZMQ_")
                    && Modifier.isStatic(constant.getModifiers())
                    && constant.getParameterCount() == 0
                    && !name.matches(OTHERS)) {
                Integer number = typed.get(name);
                if (number != null) {
                    found.add(name);
                    assertThat(number).as(name).isEqualTo(constant.invoke(null));
                } else if (!REPLACED.containsKey(name)) {
                    missing.add(name);
                }
            }
        }

        assertThat(missing).as("add an option").isEmpty();
        assertThat(found)
                .as("no option of ours is unknown")
                .isEqualTo(new TreeSet<>(typed.keySet()));
        assertThat(found).hasSizeGreaterThan(110);
    }

    @Test
    void shouldNameWhatReplacesADeprecatedOption() throws Exception {
        for (String name : REPLACED.values()) {
            assertThat(SocketOption.class.getField(name)).isNotNull();
        }
    }

    /** These numbers came with 4.3.5; the header of 4.3.4 does not have them. */
    @Test
    void shouldHaveTheOptionsOfTheNewestRelease() {
        Map<Integer, SocketOption<?>> byNumber =
                OptionWalk.options().stream()
                        .map(OptionWalk.Known::option)
                        .filter(option -> option.number() >= 113)
                        .collect(Collectors.toMap(SocketOption::number, option -> option));
        assertThat(byNumber).hasSize(12);
        for (int number = 113; number <= 124; number++) {
            SocketOption<?> option = byNumber.get(number);
            assertThat(option.isDraft()).as("option %s is a draft", number).isTrue();
            assertThat(option.since()).hasToString("4.3.5");
        }
    }

    @Test
    void shouldAgreeWithTheLoadedLibrary() {
        assertAgrees(OptionWalk.run(), Zmq.version().toString());
    }

    /** The system's library is another one, without drafts. */
    @Test
    void shouldAgreeWithTheSystemsLibrary(@TempDir Path temp) {
        ChildJvm child = new ChildJvm(temp).with("-Dpanamq.library.source=system");
        assertAgrees(child.run(60, OptionWalk.class).output(), "libzmq 4.");
    }

    private static void assertAgrees(String output, String version) {
        assertThat(output).startsWith("AGREED ").contains(version);
        System.out.println(output.strip());
    }

    @Test
    void shouldAgreeWithTheNewestReleaseOfADistribution(@TempDir Path temp) {
        NewerLibrary library = NewerLibrary.require();
        assertAgrees(library.run(temp, 60, OptionWalk.class).output(), "libzmq 4.3.5 without");
    }

    /** The fields are inherited from hidden interfaces. */
    @Test
    void shouldBeFoundAsMembersOfOneType() {
        assertThat(
                        Arrays.stream(SocketOption.class.getFields())
                                .map(Field::getName)
                                .collect(Collectors.toSet()))
                .contains("LINGER", "ROUTER_MANDATORY", "IPV6", "CURVE_SERVER", "NORM_PUSH");
    }
}

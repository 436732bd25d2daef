// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.error.ContextTerminatedException;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.support.ChildJvm;
import io.panamq.support.Deadline;
import io.panamq.support.NewerLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextOptionTest {
    static List<ContextOption<?>> options() {
        return Arrays.stream(ContextOption.class.getFields())
                .<ContextOption<?>>map(
                        field -> {
                            try {
                                return (ContextOption<?>) field.get(null);
                            } catch (IllegalAccessException e) {
                                throw new AssertionError(e);
                            }
                        })
                .toList();
    }

    @Test
    void shouldHaveTheDefaultsThatTheyTell() {
        try (Context context = Context.create()) {
            for (ContextOption<?> option : options()) {
                if (option instanceof ContextOption.Gettable<?> gettable && isThere(option)) {
                    assertThat((Object) context.get(gettable))
                            .as(option.name())
                            .isEqualTo(option.defaultValue().orElseThrow());
                }
            }
        }
        assertThat(options()).hasSize(13);
    }

    private static boolean isThere(ContextOption<?> option) {
        return !option.isDraft() || Zmq.has(Capability.DRAFT);
    }

    /** A program that the next test runs with other libraries. */
    static final class Defaults {
        public static void main(String[] arguments) {
            try (Context context = Context.create()) {
                context.set(ContextOption.MAX_MSGSZ, 77);
                System.out.println(context.get(ContextOption.MAX_MSGSZ));
                context.set(ContextOption.THREAD_NAME_PREFIX, "12");
                System.out.println(context.get(ContextOption.THREAD_NAME_PREFIX));
                System.out.println(context.get(ContextOption.THREAD_SCHED_POLICY));
                tell(() -> context.set(ContextOption.THREAD_NAME_PREFIX, "text"));
                tell(() -> context.get(ContextOption.ZERO_COPY_RECV));
            }
        }

        private static void tell(Runnable call) {
            try {
                call.run();
            } catch (UnsupportedFeatureException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void shouldSayWhatALibraryWithoutDraftsDoesNotHave(@TempDir Path temp) {
        ChildJvm system = new ChildJvm(temp).with("-Dpanamq.library.source=system");
        assertRefusesDrafts(system.run(60, Defaults.class));
        assertRefusesDrafts(NewerLibrary.require().run(temp, 60, Defaults.class));
    }

    private static void assertRefusesDrafts(ChildJvm.Ended ended) {
        assertThat(ended.output().lines())
                .startsWith("77", "12", "-1")
                .anyMatch(line -> line.contains("THREAD_NAME_PREFIX other than a number"))
                .anyMatch(line -> line.contains("was built without drafts"));
    }

    @Test
    void shouldBeSetAndRead() {
        try (Context context = Context.create()) {
            context.set(ContextOption.IO_THREADS, 2);
            context.set(ContextOption.MAX_SOCKETS, 7);
            context.set(ContextOption.MAX_MSGSZ, 1000);
            context.set(ContextOption.IPV6, true);
            context.set(ContextOption.BLOCKY, false);

            assertThat(context.get(ContextOption.IO_THREADS)).isEqualTo(2);
            assertThat(context.get(ContextOption.MAX_SOCKETS)).isEqualTo(7);
            assertThat(context.get(ContextOption.MAX_MSGSZ)).isEqualTo(1000);
            try (PushSocket push = context.push()) {
                assertThat(push.get(SocketOption.IPV6)).isTrue();
                assertThat(push.get(SocketOption.LINGER)).isZero();
            }
            context.set(ContextOption.IPV6, false);
            context.set(ContextOption.BLOCKY, true);
            try (PushSocket push = context.push()) {
                assertThat(push.get(SocketOption.IPV6)).isFalse();
                assertThat(push.get(SocketOption.LINGER)).isEqualTo(Duration.ofSeconds(5));
            }
        }
    }

    @Test
    void shouldBeSetByABuilder() {
        Context.Builder builder =
                Context.builder()
                        .set(ContextOption.IO_THREADS, 3)
                        .set(ContextOption.BLOCKY, false)
                        .linger(Duration.ofSeconds(1));
        try (Context context = builder.build();
                Context other = builder.build()) {
            assertThat(context.get(ContextOption.IO_THREADS)).isEqualTo(3);
            assertThat(other.get(ContextOption.BLOCKY)).isFalse();
        }
        assertThatThrownBy(() -> builder.set(ContextOption.IO_THREADS, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ZMQ_IO_THREADS is -1, not in 0 to 128");
    }

    @Test
    void shouldBeRefusedWhenItWouldBeIgnored() {
        try (Context context = Context.create();
                PushSocket push = context.push()) {
            assertThat(push.isClosed()).isFalse();
            List<Runnable> late =
                    List.of(
                            () -> context.set(ContextOption.IO_THREADS, 2),
                            () -> context.set(ContextOption.MAX_SOCKETS, 2),
                            () -> context.set(ContextOption.THREAD_PRIORITY, 2),
                            () -> context.set(ContextOption.THREAD_SCHED_POLICY, 0),
                            () -> context.set(ContextOption.THREAD_AFFINITY_CPU_ADD, 0),
                            () -> context.set(ContextOption.THREAD_AFFINITY_CPU_REMOVE, 0),
                            () -> context.set(ContextOption.THREAD_NAME_PREFIX, "1"));
            for (Runnable call : late) {
                assertThatThrownBy(call::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("before the first socket");
            }
            context.set(ContextOption.MAX_MSGSZ, 5);
        }
    }

    @Test
    void shouldRefuseBadArguments() {
        Context context = Context.create();
        assertThatThrownBy(() -> context.set(ContextOption.MAX_SOCKETS, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ZMQ_MAX_SOCKETS is 0, not in 1 to 1000000");
        assertThatThrownBy(() -> context.set(ContextOption.THREAD_NAME_PREFIX, "x".repeat(16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 bytes in UTF-8, not 1 to 15");
        assertThatThrownBy(() -> context.set(ContextOption.THREAD_AFFINITY_CPU_REMOVE, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not one that was added");
        assertThatThrownBy(() -> context.set(ContextOption.IPV6, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("ZMQ_IPV6");
        context.close();
        assertThatThrownBy(() -> context.get(ContextOption.IPV6))
                .isInstanceOf(ContextTerminatedException.class);
        assertThatThrownBy(() -> context.set(ContextOption.IPV6, true))
                .isInstanceOf(ContextTerminatedException.class);
    }

    // ---- how many sockets

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100})
    void shouldAllowSoManySocketsAndNoMore(int most) {
        try (Context context = Context.builder().maxSockets(most).build();
                Poller poller = context.poller()) {
            assertThat(poller).isNotNull();
            List<Socket> open = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                while (open.size() < most) {
                    open.add(context.pair());
                }
                assertThatThrownBy(context::pair)
                        .isInstanceOfSatisfying(
                                ZmqException.class,
                                e -> assertThat(e.errno()).isEqualTo(Errno.EMFILE))
                        .hasMessageContaining("maxSockets");
                open.remove(0).close();
            }
        }
    }

    // ---- threads

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNameTheThreads() {
        assumeTrue(Zmq.has(Capability.DRAFT), "a libzmq with drafts");
        for (String prefix : List.of("abc", "four", "1234", "seventh")) {
            try (Context context =
                            Context.builder()
                                    .set(ContextOption.THREAD_NAME_PREFIX, prefix)
                                    .build();
                    PushSocket push = context.push()) {
                assertThat(push.isClosed()).isFalse();
                assertThat(context.get(ContextOption.THREAD_NAME_PREFIX)).isEqualTo(prefix);
                Deadline.until("a thread has the prefix " + prefix, () -> isNamed(prefix));
            }
        }
    }

    private static boolean isNamed(String prefix) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.anyMatch(task -> name(task).startsWith(prefix + "/ZMQbg"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    /** libzmq would end the process over each of these. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRefuseSchedulingThatTheSystemRefuses() {
        try (Context context = Context.create()) {
            for (int cpu : new int[] {1023, 1000}) {
                assertThatThrownBy(() -> context.set(ContextOption.THREAD_AFFINITY_CPU_ADD, cpu))
                        .isInstanceOfSatisfying(
                                ZmqException.class,
                                e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                        .hasMessageContaining("no such CPU");
            }
            for (int policy : new int[] {1, 2, 4}) { // the first two want a priority
                assertThatThrownBy(() -> context.set(ContextOption.THREAD_SCHED_POLICY, policy))
                        .isInstanceOf(ZmqException.class)
                        .hasMessageContaining("policy " + "and priority do not fit");
            }
            assertThat(context.get(ContextOption.THREAD_SCHED_POLICY)).isEqualTo(-1);
            context.push().close();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldScheduleTheThreads() {
        try (Context context =
                        Context.builder()
                                .set(ContextOption.THREAD_SCHED_POLICY, 3)
                                .set(ContextOption.THREAD_AFFINITY_CPU_ADD, 0)
                                .set(ContextOption.THREAD_NAME_PREFIX, "77")
                                .build();
                PushSocket push = context.push()) {
            assertThat(push.isClosed()).isFalse();
            // One is for I/O, the other is the reaper; each sets its name and CPU when it starts.
            Deadline.until("two threads are on CPU 0", () -> scheduled("77/ZMQbg").size() == 2);
            for (String policy : scheduled("77/ZMQbg")) {
                assertThat(policy).isEqualTo("3");
            }
        }
    }

    /** Returns the policy of each thread with such a name that may use CPU 0 only. */
    private static List<String> scheduled(String prefix) {
        List<String> policies = new ArrayList<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.filter(each -> name(each).startsWith(prefix)).toList()) {
                String status = Files.readString(task.resolve("status"));
                if (status.contains("Cpus_allowed_list:\t0\n")) {
                    String stat = Files.readString(task.resolve("stat"));
                    // Field 41; the fields are counted from behind the name, which is field 2.
                    policies.add(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[38]);
                }
            }
            return policies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

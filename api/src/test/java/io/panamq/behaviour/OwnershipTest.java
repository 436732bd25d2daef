// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.panamq.BulkReceiver;
import io.panamq.BulkSender;
import io.panamq.ConcurrentSender;
import io.panamq.Context;
import io.panamq.ContextOption;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Message;
import io.panamq.MessageArena;
import io.panamq.MessageTracker;
import io.panamq.Multipart;
import io.panamq.PeerMessages;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.Proxy;
import io.panamq.Socket;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.SocketSecurity;
import io.panamq.loop.AsyncSocket;
import io.panamq.loop.EventLoop;
import io.panamq.loop.LoopTimer;
import io.panamq.security.Certificate;
import io.panamq.security.CertificateStore;
import io.panamq.security.ZapAuthenticator;
import io.panamq.support.Background;
import io.panamq.support.ChildJvm;
import io.panamq.support.Deadline;
import io.panamq.support.PublicMethods;
import io.panamq.support.WithLoop;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks the threads that each public type may be used on. A type of one thread has a test that
 * checks that each method refuses another thread. Of a type for all threads, this test calls each
 * method on another thread.
 */
class OwnershipTest extends WithLoop {
    private static final List<String> EXPORTED =
            List.of("io.panamq", "io.panamq.error", "io.panamq.loop", "io.panamq.security");

    /** See SocketLifeTest, PollerEndTest, SocketMonitorTest and HandOverTest. */
    private static final Set<Class<?>> OF_ONE_THREAD =
            Set.of(
                    BulkReceiver.class,
                    Poller.class,
                    PollItem.class,
                    SocketMonitor.class,
                    SocketSecurity.class,
                    Message.class,
                    Multipart.class);

    /** These say that they are not for several threads, and hold nothing native. */
    private static final Set<Class<?>> BUILDERS =
            Set.of(
                    Context.Builder.class,
                    EventLoop.Builder.class,
                    ZapAuthenticator.Builder.class,
                    Proxy.Source.class);

    /** These work on what is of one thread, or write files, and have tests of their own. */
    private static final Set<String> LEFT_OUT =
            Set.of("shareFrom", "capture", "run", "start", "save", "savePublic");

    /** Makes a new object for each call, on the thread of the test. */
    private final Map<Class<?>, Supplier<Object>> forAllThreads =
            Map.ofEntries(
                    entry(Context.class, Context::create),
                    entry(EventLoop.class, () -> builder().start()),
                    entry(LoopTimer.class, () -> loop.schedule(Duration.ofDays(1), () -> {})),
                    entry(AsyncSocket.class, () -> AsyncSocket.on(loop, context.pair())),
                    entry(ConcurrentSender.class, () -> context.pub().concurrentSender()),
                    entry(BulkSender.class, () -> context.pub().concurrentSender().bulkSender()),
                    entry(MessageArena.class, MessageArena::create),
                    entry(MessageTracker.class, OwnershipTest::tracker),
                    entry(Proxy.class, () -> Proxy.between(context.pull(), context.push())),
                    entry(PeerMessages.class, PeerMessages::none),
                    entry(CurveKeyPair.class, Curve::keyPair),
                    entry(Certificate.class, Certificate::generate),
                    entry(CertificateStore.class, CertificateStore::of),
                    entry(ZapAuthenticator.class, () -> ZapAuthenticator.builder(context).start()));

    private static Map.Entry<Class<?>, Supplier<Object>> entry(
            Class<?> type, Supplier<Object> make) {
        return Map.entry(type, make);
    }

    private static MessageTracker tracker() {
        try (Message message = Message.wrap(Arena.ofAuto().allocate(8), () -> {})) {
            return MessageTracker.of(message);
        }
    }

    @Test
    void shouldBeKnownOfEveryPublicType() throws Exception {
        List<Class<?>> unknown = new ArrayList<>();
        int known = 0;
        for (Class<?> type : publicTypes()) {
            boolean isKnown =
                    isOfNobody(type)
                            || Socket.class.isAssignableFrom(type)
                            || OF_ONE_THREAD.contains(type)
                            || BUILDERS.contains(type)
                            || forAllThreads.containsKey(type);
            known += isKnown ? 1 : 0;
            if (!isKnown) {
                unknown.add(type);
            }
        }

        assertThat(unknown).isEmpty();
        assertThat(known).isGreaterThan(60);
    }

    private static List<Class<?>> publicTypes() throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        for (String exported : EXPORTED) {
            Path folder = Path.of(ChildJvm.classes(Context.class), exported.split("\\."));
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".class") && !name.contains("-info")) {
                        Class<?> type =
                                Class.forName(
                                        exported + "." + name.replace(".class", ""),
                                        false,
                                        Context.class.getClassLoader());
                        if (isPublic(type)) {
                            types.add(type);
                        }
                    }
                }
            }
        }
        return types;
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    /** Returns whether the type has no owner: values, static methods only, and interfaces. */
    private static boolean isOfNobody(Class<?> type) {
        return type.isEnum()
                || type.isRecord()
                || type.isInterface()
                || Throwable.class.isAssignableFrom(type)
                || type.getEnclosingClass() == SocketOption.class
                || type.getEnclosingClass() == ContextOption.class
                || PublicMethods.of(type).allMatch(OwnershipTest::isStatic);
    }

    private static boolean isStatic(Method method) {
        return Modifier.isStatic(method.getModifiers());
    }

    @Test
    void shouldLetAnyThreadCallEveryMethodOfWhatIsForAll() {
        int called = 0;
        for (var entry : forAllThreads.entrySet()) {
            List<Method> methods =
                    PublicMethods.of(entry.getKey())
                            .filter(method -> !isStatic(method))
                            .filter(method -> !isForTheLoop(method))
                            .filter(method -> !LEFT_OUT.contains(method.getName()))
                            .toList();
            for (Method method : methods) {
                Object target = entry.getValue().get();
                Background.run(
                                () -> {
                                    Throwable failure = failure(method, target);
                                    assertThat(failure instanceof WrongThreadException)
                                            .as("%s: %s", method, failure)
                                            .isFalse();
                                })
                        .result();
                end(target);
                called++;
            }
        }

        assertThat(called).isGreaterThan(60);
    }

    /** Returns whether EventLoopTest tests this method. */
    private static boolean isForTheLoop(Method method) {
        return method.getDeclaringClass() == EventLoop.class && method.getName().startsWith("on");
    }

    private Throwable failure(Method method, Object target) {
        Object[] arguments = PublicMethods.arguments(method.getParameterTypes(), context);
        return catchThrowable(() -> PublicMethods.call(method, target, arguments));
    }

    private static void end(Object target) {
        if (target instanceof Context other) {
            assertThat(other.close(Deadline.LIMIT).terminated()).isTrue();
        } else if (target instanceof EventLoop other) {
            other.stopNow();
            assertThat(other.awaitStopped(Deadline.LIMIT)).isTrue();
        } else if (target instanceof AsyncSocket async) {
            async.close();
        } else if (target instanceof ConcurrentSender sender) {
            sender.close();
        } else if (target instanceof ZapAuthenticator authenticator) {
            authenticator.close();
        }
    }

    /** The other methods of an item tell what the last poll found, on any thread. */
    @Test
    void shouldRefuseOnAnotherThreadWhatChangesAnItem() {
        Set<String> harmless =
                Set.of(
                        "attach",
                        "attachment",
                        "fd",
                        "isClosed",
                        "isReadable",
                        "isReady",
                        "isRegistered",
                        "isWritable",
                        "monitor",
                        "onReady",
                        "run",
                        "socket",
                        "toString");
        try (Poller poller = context.poller()) {
            PollItem item = poller.add(context.pair(), PollEvent.IN).attach("a");
            List<Method> methods =
                    PublicMethods.of(PollItem.class)
                            .filter(method -> !harmless.contains(method.getName()))
                            .toList();
            assertThat(methods)
                    .extracting(Method::getName)
                    .containsExactlyInAnyOrder("pause", "remove", "resume", "watch");
            for (Method method : methods) {
                assertRefused(method, item, PublicMethods.arguments(method.getParameterTypes()));
            }
            assertThat(item.isRegistered()).isTrue();
        }
    }

    /** No frame of another thread reaches C, whichever object gets it. */
    @Test
    void shouldRefuseMessagesOfAnotherThreadWhoeverIsGivenThem() {
        List<Object> takers = new ArrayList<>();
        PublicMethods.SOCKETS.forEach(
                make -> takers.addAll(PublicMethods.withViews(make.apply(context))));
        for (Class<?> type : List.of(AsyncSocket.class, ConcurrentSender.class, BulkSender.class)) {
            takers.add(forAllThreads.get(type).get());
        }
        int refused = 0;
        try (Message message = Message.of("mine");
                Multipart multipart = Multipart.of("mine", "too")) {
            for (Object target : takers) {
                for (Method method : PublicMethods.of(target.getClass()).toList()) {
                    Class<?>[] types = method.getParameterTypes();
                    Object[] arguments = PublicMethods.arguments(types, context);
                    for (int i = 0; i < types.length; i++) {
                        arguments[i] = foreign(types[i], message, multipart, arguments[i]);
                    }
                    if (!isStatic(method) && takesMessages(method)) {
                        assertRefused(method, target, arguments);
                        refused++;
                    }
                }
            }
            assertThat(message.getString()).isEqualTo("mine");
            assertThat(multipart.getString(1)).isEqualTo("too");
        }
        assertThat(refused).isGreaterThan(100);
    }

    private static boolean takesMessages(Method method) {
        return Arrays.stream(method.getGenericParameterTypes())
                .map(type -> type.getTypeName().replace("io.panamq.", ""))
                .anyMatch(Set.of("Message", "Multipart", "java.util.List<Message>")::contains);
    }

    private static Object foreign(
            Class<?> type, Message message, Multipart multipart, Object other) {
        if (type == Message.class) {
            return message;
        } else if (type == Multipart.class) {
            return multipart;
        }
        return type == List.class ? List.of(message) : other;
    }

    private static void assertRefused(Method method, Object target, Object... arguments) {
        Background.run(
                        () ->
                                assertThatThrownBy(
                                                () -> PublicMethods.call(method, target, arguments))
                                        .as(method.toString())
                                        .isInstanceOf(WrongThreadException.class)
                                        .hasMessageContaining("belongs to"))
                .result();
    }
}

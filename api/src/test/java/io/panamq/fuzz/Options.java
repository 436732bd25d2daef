// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Context;
import io.panamq.ContextOption;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Heartbeat;
import io.panamq.KeepAlive;
import io.panamq.PeerMessages;
import io.panamq.Reconnect;
import io.panamq.ReconnectStop;
import io.panamq.RouterNotify;
import io.panamq.Sender;
import io.panamq.Socket;
import io.panamq.SocketOption;
import io.panamq.SubSocket;
import io.panamq.XSubSocket;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads and sets all options, with values that fit, that hardly fit, and that do not fit. */
final class Options {
    private static final CurveKeyPair KEYS = Curve.keyPair();
    private static final List<Known<?>> KNOWN = known();

    static final List<Operation> ALL =
            List.of(
                    Operation.legal("option-get", 15, Options::get),
                    Operation.legal("option-set", 30, Options::set),
                    Operation.legal("option-facts", 1, Options::facts),
                    Operation.legal("option-values", 3, Options::values),
                    Operation.legal("context-option-get", 2, Options::getOfContext),
                    Operation.legal("context-option-set", 2, Options::setOfContext),
                    Operation.legal("subscribe", 8, Options::subscribe),
                    Operation.legal("share-from", 3, Options::shareFrom),
                    Operation.legal("curve", 2, Options::curve),
                    Operation.legal("plain", 1, Options::plain));

    /** An option and the type of its values. */
    private record Known<T>(SocketOption<T> option, Class<T> type) {}

    private static final List<ContextOption<?>> OF_CONTEXTS =
            List.of(
                    ContextOption.IO_THREADS,
                    ContextOption.MAX_SOCKETS,
                    ContextOption.SOCKET_LIMIT,
                    ContextOption.THREAD_SCHED_POLICY,
                    ContextOption.MAX_MSGSZ,
                    ContextOption.MSG_T_SIZE,
                    ContextOption.THREAD_AFFINITY_CPU_ADD,
                    ContextOption.THREAD_AFFINITY_CPU_REMOVE,
                    ContextOption.THREAD_NAME_PREFIX,
                    ContextOption.ZERO_COPY_RECV,
                    ContextOption.IPV6,
                    ContextOption.BLOCKY);

    private Options() {}

    private static List<Known<?>> known() {
        List<Known<?>> options = new ArrayList<>();
        for (Field field : SocketOption.class.getFields()) {
            if (field.getGenericType() instanceof ParameterizedType type) {
                Type value = type.getActualTypeArguments()[0];
                field.setAccessible(true); // it is declared by a hidden interface
                Class<?> erased = value instanceof Class<?> simple ? simple : Set.class;
                options.add(known(field, erased));
            }
        }
        return List.copyOf(options);
    }

    private static <T> Known<T> known(Field field, Class<T> type) {
        try {
            @SuppressWarnings("unchecked") // the type was read from the field
            SocketOption<T> option = (SocketOption<T>) field.get(null);
            return new Known<>(option, type);
        } catch (IllegalAccessException e) {
            throw new AssertionError(field + " cannot be read", e);
        }
    }

    private static void get(Worker worker) {
        Known<?> known = worker.draw.of(KNOWN);
        worker.note(known.option().name());
        if (known.option() instanceof SocketOption.Gettable<?> gettable) {
            Object value = worker.socket().get(gettable);
            if (!known.type().isInstance(value)) {
                throw new AssertionError(known + " is " + value);
            }
        }
    }

    private static void set(Worker worker) {
        set(worker, worker.draw.of(KNOWN));
    }

    private static <T> void set(Worker worker, Known<T> known) {
        if (known.option() instanceof SocketOption.Settable<T> settable) {
            worker.note(known.option().name());
            T value = known.type().cast(value(worker.draw, known));
            Socket socket = worker.socket();
            worker.note(value);
            socket.set(settable, value);
        }
    }

    private static Object value(Draw draw, Known<?> known) {
        if (known.type() == Boolean.class) {
            return draw.coin();
        } else if (known.type() == Integer.class) {
            int[] some = {-2, -1, 0, 1, 2, 100, 255, 4096, 70_000, 1 << 24, Integer.MAX_VALUE};
            int value = some[draw.below(some.length)];
            // Several megabytes for each connection are legal, but too much for a shared machine.
            return known.option().name().endsWith("BATCH_SIZE") ? Math.min(value, 70_000) : value;
        } else if (known.type() == Long.class) {
            return draw.of(List.of(-1L, 0L, 1L, 1000L, Long.MAX_VALUE, Long.MIN_VALUE));
        } else if (known.type() == Duration.class) {
            return duration(draw, known.option());
        } else if (known.type() == Set.class) {
            return set(draw, known.option());
        } else if (known.type() == byte[].class) {
            return draw.bytes(draw.oneIn(4) ? draw.below(300) : draw.below(4));
        }
        return text(draw, known.option());
    }

    private static Set<?> set(Draw draw, SocketOption<?> option) {
        return option == SocketOption.ROUTER_NOTIFY
                ? draw.of(
                        List.of(
                                Set.of(),
                                Set.of(RouterNotify.CONNECT),
                                Set.of(RouterNotify.values())))
                : draw.of(
                        List.of(
                                Set.of(),
                                Set.of(ReconnectStop.CONN_REFUSED),
                                Set.of(ReconnectStop.values())));
    }

    private static void facts(Worker worker) {
        SocketOption<?> option = worker.draw.of(KNOWN).option();
        ContextOption<?> other = worker.draw.of(OF_CONTEXTS);
        worker.note(option.since() + " " + option.isDraft() + " " + option.defaultValue());
        worker.note(other.since() + " " + other.isDraft() + " " + other.defaultValue());
        worker.note(other.name() + " " + other.number());
        // Numbers that no libzmq has.
        switch (worker.draw.below(3)) {
            case 0 -> worker.socket().set(SocketOption.ofInt(10_000 + worker.draw.below(9)), 1);
            case 1 -> worker.socket().get(SocketOption.ofBytes(20_000 + worker.draw.below(9)));
            default -> {}
        }
    }

    private static void values(Worker worker) {
        Draw draw = worker.draw;
        Duration time = Duration.ofMillis(draw.below(40));
        Socket socket = worker.socket();
        switch (draw.below(4)) {
            case 0 -> Heartbeat.every(time).withTtl(time).applyTo(socket);
            case 1 -> Reconnect.every(time).growingTo(time.multipliedBy(2)).applyTo(socket);
            case 2 -> KeepAlive.bySystem().applyTo(socket);
            default -> {
                byte[] content = draw.bytes(draw.below(40));
                PeerMessages messages = PeerMessages.none().withHello(content);
                if (draw.coin()) {
                    messages = messages.withDisconnect(content);
                }
                if (draw.oneIn(4)) {
                    messages = messages.withHiccup(content);
                }
                worker.note(messages + " " + messages.hashCode());
                if (!messages.equals(messages.withHello(content))) {
                    throw new AssertionError(messages + " is not equal to itself");
                }
                messages.applyTo(socket);
            }
        }
    }

    private static void getOfContext(Worker worker) {
        ContextOption<?> option = worker.draw.of(OF_CONTEXTS);
        worker.note(option);
        if (option instanceof ContextOption.Gettable<?> gettable) {
            worker.note(worker.context().get(gettable));
        }
    }

    private static void setOfContext(Worker worker) {
        Draw draw = worker.draw;
        Context context = worker.context();
        switch (draw.below(9)) {
            case 0 -> context.set(ContextOption.IO_THREADS, draw.below(4) - 1);
            case 1 -> context.set(ContextOption.MAX_SOCKETS, draw.of(List.of(-1, 500, 600)));
            case 2 -> context.set(ContextOption.MAX_MSGSZ, draw.below(100) - 1);
            case 3 -> context.set(ContextOption.THREAD_NAME_PREFIX, draw.text(draw.below(20)));
            case 4 -> context.set(ContextOption.ZERO_COPY_RECV, draw.coin());
            case 5 -> context.set(ContextOption.IPV6, draw.coin());
            case 6 -> context.set(ContextOption.THREAD_AFFINITY_CPU_ADD, draw.below(2000) - 1);
            case 7 -> context.set(ContextOption.THREAD_SCHED_POLICY, draw.below(7) - 1);
            default -> Context.builder().set(ContextOption.BLOCKY, draw.coin());
        }
    }

    /**
     * Returns a duration. A long linger would rightly keep the context open, so it is short here.
     */
    private static Duration duration(Draw draw, SocketOption<?> option) {
        if (option == SocketOption.LINGER) {
            return Duration.ofMillis(draw.below(12) - 2L);
        }
        return switch (draw.below(7)) {
            case 0 -> Duration.ofNanos(-1);
            case 1 -> SocketOption.FOREVER;
            case 2 -> Duration.ofDays(draw.below(10_000));
            case 3 -> Duration.ZERO;
            default -> Duration.ofMillis(draw.below(20));
        };
    }

    private static String text(Draw draw, SocketOption<?> option) {
        if (option == SocketOption.METADATA && draw.coin()) {
            return "X-" + draw.text(draw.below(9)) + ":value";
        }
        if (option == SocketOption.SOCKS_PROXY) {
            return draw.of(List.of("", "127.77.0.1", "127.77.0.1:1", ":", "127.77.0.1:x"));
        }
        return switch (draw.below(6)) {
            case 0 -> "";
            case 1 -> draw.text(draw.below(400));
            case 2 -> KEYS.publicKey();
            case 3 -> "0".repeat(40);
            default -> "name";
        };
    }

    private static void subscribe(Worker worker) {
        byte[] prefix = worker.draw.bytes(worker.draw.below(3));
        String text = new String(prefix, StandardCharsets.ISO_8859_1);
        if (worker.pick(worker.world.sockets) instanceof SubSocket sub) {
            worker.note(sub);
            switch (worker.draw.below(6)) {
                case 0 -> sub.unsubscribe(prefix);
                case 1 -> sub.unsubscribe(text);
                case 2 -> sub.subscribe(text);
                default -> sub.subscribe(prefix);
            }
        } else if (worker.pick(worker.world.sockets) instanceof XSubSocket xsub) {
            worker.note(xsub);
            switch (worker.draw.below(6)) {
                case 0 -> xsub.unsubscribe(prefix);
                case 1 -> xsub.unsubscribe(text);
                case 2 -> xsub.subscribe(text);
                default -> xsub.subscribe(prefix);
            }
        }
    }

    private static void shareFrom(Worker worker) {
        Sender sender = worker.sender();
        sender.bulkSender().shareFrom(worker.draw.of(List.of(0L, 0L, 100L, Long.MAX_VALUE, -1L)));
    }

    private static void curve(Worker worker) {
        if (worker.draw.oneIn(4)) {
            // The secret key is the Z85 text of 32 bytes, or is close to one.
            String secret = KEYS.secretKey().substring(worker.draw.below(3)) + "0";
            worker.note(Curve.publicKey(secret));
        } else if (worker.draw.coin()) {
            worker.socket().security().curveServer(KEYS);
        } else {
            worker.socket().security().curveClient(KEYS.publicKey(), KEYS);
        }
    }

    private static void plain(Worker worker) {
        if (worker.draw.coin()) {
            worker.socket().security().plainServer();
        } else {
            worker.socket()
                    .security()
                    .plainClient("user", worker.draw.text(worker.draw.below(300)));
        }
    }
}

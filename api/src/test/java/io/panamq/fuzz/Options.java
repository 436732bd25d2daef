// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Sender;
import io.panamq.Socket;
import io.panamq.SocketOption;
import io.panamq.SubSocket;
import io.panamq.XSubSocket;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads and sets all options, with values that fit, that hardly fit, and that do not fit. */
final class Options {
    private static final CurveKeyPair KEYS = Curve.keyPair();
    private static final List<Known<?>> KNOWN = known();

    static final List<Operation> ALL =
            List.of(
                    Operation.legal("option-get", 15, Options::get),
                    Operation.legal("option-set", 30, Options::set),
                    Operation.legal("subscribe", 8, Options::subscribe),
                    Operation.legal("share-from", 3, Options::shareFrom),
                    Operation.legal("curve", 2, Options::curve),
                    Operation.legal("plain", 1, Options::plain));

    /** An option and the type of its values. */
    private record Known<T>(SocketOption<T> option, Class<T> type) {}

    private Options() {}

    private static List<Known<?>> known() {
        List<Known<?>> options = new ArrayList<>();
        for (Field field : SocketOption.class.getFields()) {
            if (field.getGenericType() instanceof ParameterizedType type) {
                Class<?> value = (Class<?>) type.getActualTypeArguments()[0];
                options.add(known(field, value));
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
        } else if (known.type() == byte[].class) {
            return draw.bytes(draw.oneIn(4) ? draw.below(300) : draw.below(4));
        }
        return text(draw, known.option());
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

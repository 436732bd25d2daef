// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.socket.SocketCore;
import java.lang.foreign.Arena;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares each option with the loaded libzmq: the length of its value, whether it can be read and
 * set, and its default; and where libzmq does not have it, that it is refused with the reason. It
 * is a program, so that it can run with another libzmq than the tests.
 */
final class OptionWalk {
    private static final String KEY = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";

    /** Legal values for options for which their type alone does not suggest one. */
    private static final Map<SocketOption<?>, Object> SAMPLES =
            Map.ofEntries(
                    Map.entry(SocketOption.TCP_KEEPALIVE_IDLE, Duration.ofSeconds(7)),
                    Map.entry(SocketOption.TCP_KEEPALIVE_INTVL, Duration.ofSeconds(8)),
                    Map.entry(SocketOption.CURVE_PUBLICKEY, KEY),
                    Map.entry(SocketOption.CURVE_SECRETKEY, KEY),
                    Map.entry(SocketOption.CURVE_SERVERKEY, KEY),
                    Map.entry(SocketOption.SOCKS_PROXY, "127.0.0.1:1080"),
                    Map.entry(SocketOption.METADATA, "X-key:value"),
                    Map.entry(SocketOption.ROUTER_NOTIFY, Set.of(RouterNotify.DISCONNECT)),
                    Map.entry(SocketOption.RECONNECT_STOP, Set.of(ReconnectStop.CONN_REFUSED)),
                    Map.entry(SocketOption.USE_FD, -1),
                    Map.entry(SocketOption.IN_BATCH_SIZE, 4096),
                    Map.entry(SocketOption.OUT_BATCH_SIZE, 8192));

    private final List<String> faults = new ArrayList<>();
    private int agreed;
    private int refused;

    private OptionWalk() {}

    /** Prints what disagrees, or how much agrees. */
    public static void main(String[] arguments) {
        System.out.println(run());
    }

    /** Returns what disagrees, line by line, and how much agrees. */
    static String run() {
        OptionWalk walk = new OptionWalk();
        try (Context context = Context.builder().linger(Duration.ZERO).build()) {
            for (Known known : options()) {
                walk.check(context, known);
            }
        }
        return String.join("\n", walk.faults)
                + (walk.faults.isEmpty() ? "AGREED " : "\nDISAGREED ")
                + walk.agreed
                + " times and refused "
                + walk.refused
                + " times, libzmq "
                + Zmq.version()
                + (Zmq.has(Capability.DRAFT) ? " with drafts" : " without drafts");
    }

    /** An option and the erasure of the type of its value. */
    record Known(SocketOption<?> option, Class<?> type) {}

    static List<Known> options() {
        return Arrays.stream(SocketOption.class.getFields())
                .filter(field -> SocketOption.class.isAssignableFrom(field.getType()))
                .map(OptionWalk::known)
                .toList();
    }

    private static Known known(Field field) {
        try {
            Type type = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
            return new Known(
                    (SocketOption<?>) field.get(null),
                    type instanceof Class<?> simple ? simple : Set.class);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private void check(Context context, Known known) {
        for (SocketType type : known.option().types()) {
            if (type.traits().isDraft() && !Zmq.has(Capability.DRAFT)) {
                continue; // DraftRefusal looks at these
            }
            try (Socket socket = context.socket(type)) {
                check(socket, known);
            } catch (UnsupportedFeatureException e) {
                // libzmq takes the value, and PanaMQ does not without the edits of the bundled one.
                refused++;
                expect(known.option(), "unsupported: " + e, true, isDanger(e));
            } catch (RuntimeException e) {
                faults.add(known.option() + " of " + type + ": " + e);
            }
        }
    }

    private void check(Socket socket, Known known) {
        SocketOption<?> option = known.option();
        if (isRefused(socket, option)) {
            refused++;
            return;
        }
        checkDefault(socket, known);
        int length = length(known.type());
        boolean gettable = option instanceof SocketOption.Gettable<?>;
        boolean settable = option instanceof SocketOption.Settable<?>;
        if (length != 0) {
            expect(option, "read as " + length + " bytes", gettable, gets(socket, option, length));
        }
        if (length == Integer.BYTES && settable && option != SocketOption.USE_FD) {
            // A text or bytes would take these eight bytes; a number must not.
            expect(option, "set as 8 bytes", false, sets(socket, option, Long.BYTES));
        }
        if (settable) {
            set(socket, (SocketOption.Settable<?>) option, known);
        } else {
            expect(option, "set", false, sets(socket, option, Integer.BYTES));
        }
        agreed++;
    }

    /** Returns whether the option is refused with the reason, for then libzmq need not have it. */
    private boolean isRefused(Socket socket, SocketOption<?> option) {
        try {
            if (option instanceof SocketOption.Gettable<?> gettable) {
                socket.get(gettable);
            } else {
                set(socket, (SocketOption.Settable<?>) option, new Known(option, Object.class));
            }
            return false;
        } catch (UnsupportedFeatureException e) {
            boolean reason =
                    e.getMessage().contains("built without")
                            || e.getMessage().contains("is older than")
                            || isDanger(e);
            boolean closed = option.isDraft() && !Zmq.has(Capability.DRAFT);
            boolean missing =
                    !sets(socket, option, Integer.BYTES) && !gets(socket, option, Integer.BYTES);
            boolean right = closed || missing || isDanger(e);
            expect(option, "refused with its reason: " + e.getMessage(), true, reason && right);
            return true;
        }
    }

    private static boolean isDanger(UnsupportedFeatureException e) {
        return e.getMessage().contains(" end the process of this libzmq");
    }

    private void checkDefault(Socket socket, Known known) {
        if (known.option() instanceof SocketOption.Gettable<?> gettable
                && gettable.defaultValue().isPresent()
                && !DEFAULT_DEPENDS.contains(known.option())) {
            Object expected = gettable.defaultValue().get();
            Object actual = socket.get(gettable);
            boolean same =
                    expected instanceof byte[] bytes
                            ? Arrays.equals(bytes, (byte[]) actual)
                            : expected.equals(actual);
            expect(known.option(), "default " + actual + " of " + socket.type(), true, same);
        }
    }

    /** Options whose default depends on the socket type or on the context. */
    private static final Set<SocketOption<?>> DEFAULT_DEPENDS =
            Set.of(
                    SocketOption.LINGER,
                    SocketOption.SNDHWM,
                    SocketOption.THREAD_SAFE,
                    SocketOption.TYPE);

    /** Returns how many bytes libzmq wants; 0 for any number. */
    private static int length(Class<?> type) {
        if (type == Long.class) {
            return Long.BYTES;
        }
        return type == String.class || type == byte[].class ? 0 : Integer.BYTES;
    }

    private <T> void set(Socket socket, SocketOption.Settable<T> option, Known known) {
        @SuppressWarnings("unchecked") // samples have the type of the option
        T sample = (T) sample(option);
        socket.set(option, sample);
        if (known.type() != Object.class && option instanceof SocketOption.ReadWrite<T> both) {
            T actual = socket.get(both);
            boolean same =
                    sample instanceof byte[] bytes
                            ? Arrays.equals(bytes, (byte[]) actual)
                            : sample.equals(actual);
            expect(option, "reads " + actual + " after " + sample, true, same);
        }
    }

    static Object sample(SocketOption<?> option) {
        Object known = SAMPLES.get(option);
        if (known != null) {
            return known;
        }
        for (Object candidate :
                List.of(true, 17, 1, 17L, Duration.ofMillis(300), "text", new byte[] {1, 2})) {
            if (fits(option, candidate)) {
                return candidate;
            }
        }
        throw new AssertionError("no sample for " + option);
    }

    /** Returns whether the codec accepts a value. A value of another type fails in its cast. */
    private static <T> boolean fits(SocketOption<T> option, Object candidate) {
        try (Arena arena = Arena.ofConfined()) {
            @SuppressWarnings("unchecked") // a wrong one fails in the codec
            T value = (T) candidate;
            TypedOption.check(option, value);
            return ((TypedOption<T>) option).codec.encode(value, arena) != null;
        } catch (ClassCastException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean gets(Socket socket, SocketOption<?> option, int length) {
        return succeeds(socket, (core, arena) -> core.getOption(option.number(), length, arena));
    }

    private static boolean sets(Socket socket, SocketOption<?> option, int length) {
        return succeeds(
                socket,
                (core, arena) -> core.setOption(option.number(), arena.allocate(length, 8)));
    }

    private interface Call {
        void on(SocketCore core, Arena arena);
    }

    private static boolean succeeds(Socket socket, Call call) {
        SocketCore core = BaseSocket.of(socket).core();
        core.enter("walk");
        try (Arena arena = Arena.ofConfined()) {
            call.on(core, arena);
            return true;
        } catch (ZmqException e) {
            return false;
        } finally {
            core.exit();
        }
    }

    private void expect(SocketOption<?> option, String what, boolean wanted, boolean found) {
        if (wanted != found) {
            faults.add(option + ": " + (wanted ? "must be " : "must not be ") + what);
        }
    }
}

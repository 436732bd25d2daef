// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.support.PublicMethods;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Asks a libzmq that was built without drafts for each draft type of sockets and each draft option,
 * and prints what is not refused with its reason. It is a program, so that it can run with another
 * libzmq than the tests.
 */
final class DraftRefusal {
    private final List<String> faults = new ArrayList<>();
    private int refused;

    private DraftRefusal() {}

    /** Prints the faults, or how much was refused. */
    public static void main(String[] arguments) {
        DraftRefusal refusal = new DraftRefusal();
        boolean ended;
        try (Context context = Context.create()) {
            refusal.askForSockets(context);
            refusal.askForOptions(context);
            refusal.askForContextOptions(context);
            ended = context.close(java.time.Duration.ofSeconds(10)).terminated();
        }
        System.out.println(
                String.join("\n", refusal.faults)
                        + (refusal.faults.isEmpty() && ended ? "REFUSED " : "\nNOT REFUSED ")
                        + refusal.refused
                        + " times, libzmq "
                        + Zmq.version()
                        + (Zmq.has(Capability.DRAFT) ? " with drafts" : " without drafts"));
    }

    private void askForSockets(Context context) {
        for (SocketType type : SocketType.values()) {
            if (type.traits().isDraft()) {
                expect(type + " socket", "the type is a draft", () -> context.socket(type));
            }
        }
        PublicMethods.DRAFTS.forEach(
                make -> expect("socket", "the type is a draft", () -> make.apply(context)));
    }

    private void askForOptions(Context context) {
        for (OptionWalk.Known known : OptionWalk.options()) {
            SocketOption<?> option = known.option();
            for (SocketType type : option.isDraft() ? option.types() : List.<SocketType>of()) {
                if (!type.traits().isDraft()) {
                    try (Socket socket = context.socket(type)) {
                        ask(socket, option);
                    }
                }
            }
        }
    }

    private void ask(Socket socket, SocketOption<?> option) {
        String what = option.name() + " on " + socket;
        if (option instanceof SocketOption.Gettable<?> gettable) {
            expect("get " + what, "without drafts", () -> socket.get(gettable));
        }
        if (option instanceof SocketOption.Settable<?> settable) {
            expect("set " + what, "without drafts", () -> set(socket, settable));
        }
    }

    private static <T> void set(Socket socket, SocketOption.Settable<T> option) {
        @SuppressWarnings("unchecked") // samples have the type of the option
        T sample = (T) OptionWalk.sample(option);
        socket.set(option, sample);
    }

    private void askForContextOptions(Context context) {
        expect(
                "ZMQ_ZERO_COPY_RECV",
                "without drafts",
                () -> context.set(ContextOption.ZERO_COPY_RECV, false));
        expect(
                "ZMQ_ZERO_COPY_RECV",
                "without drafts",
                () -> context.get(ContextOption.ZERO_COPY_RECV));
    }

    private void expect(String what, String reason, Runnable call) {
        try {
            call.run();
            faults.add(what + " was not refused");
        } catch (UnsupportedFeatureException e) {
            boolean named =
                    Stream.of(what, reason, "built without drafts")
                            .allMatch(e.getMessage()::contains);
            if (named && e.errno() == Errno.ENOTSUP) {
                refused++;
            } else {
                faults.add(what + ": " + e);
            }
        } catch (RuntimeException e) {
            faults.add(what + ": " + e);
        }
    }
}

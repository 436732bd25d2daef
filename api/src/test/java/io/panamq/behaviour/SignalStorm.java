// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static io.panamq.support.Signals.require;

import io.panamq.Context;
import io.panamq.Internals;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.PollEvent;
import io.panamq.Poller;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.bindings.calls.DraftFunctions;
import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.TransferCalls;
import io.panamq.error.Errno;
import io.panamq.support.Signals;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** The program of {@link SignalTest}: calls that get one signal after the other. */
final class SignalStorm {
    private static final Duration WAIT = Duration.ofMillis(300);

    /** For calls that do not wait: long enough for some signals to meet them within libzmq. */
    private static final Duration SPELL = Duration.ofMillis(700);

    private SignalStorm() {}

    public static void main(String[] arguments) throws Throwable {
        Signals.handle();
        try (Context context = Context.builder().linger(Duration.ZERO).build()) {
            Signals.during("raw", () -> interruptedInLibzmq(context));
            transfers(context);
            Signals.during("poll", () -> pollWaits(context, DraftFunctions.hasPoller()));
            Signals.during("zmq_poll", () -> pollWaits(context, false));
            Signals.during("awaitConnected", () -> monitorWaits(context));
            arrives("receive without end", context, PairSocket::receiveString);
            arrives("poll without end", context, pair -> polled(context, pair));
            changes(context);
        }
        System.out.println("done");
    }

    /** The proof that the signals do end libzmq's own waits. */
    private static boolean interruptedInLibzmq(Context context) {
        try (PairSocket pair = context.pair()) {
            pair.get(SocketOption.LINGER);
            MemorySegment slot = NativeMemory.scratchSlot();
            MessageCalls.init(slot);
            int result = 0;
            while (result != -Errno.EINTR.number()) {
                result =
                        TransferCalls.receive(
                                Internals.core(pair).capture, slot, Internals.core(pair).handle, 0);
            }
            return true;
        }
    }

    private static void transfers(Context context) throws Throwable {
        transfer("receive", context, pair -> pair.receive(WAIT).isPresent());
        transfer(
                "receiveInto",
                context,
                pair -> {
                    try (Message message = Message.create()) {
                        return pair.receive(message, WAIT);
                    }
                });
        transfer("receiveMultipart", context, pair -> pair.receiveMultipart(WAIT).isPresent());
        transfer("receiveBatch", context, pair -> pair.receiveBatch(m -> {}, 10, WAIT) > 0);
        transfer("send", context, pair -> pair.send("nobody", WAIT));
        transfer("sendMultipart", context, pair -> pair.send(Multipart.of("a", "b"), WAIT));
    }

    private static void transfer(String what, Context context, Function<PairSocket, Boolean> call)
            throws Throwable {
        Signals.during(
                what,
                () -> {
                    try (PairSocket pair = context.pair()) {
                        return waits(() -> call.apply(pair));
                    }
                });
    }

    private static boolean pollWaits(Context context, boolean draft) throws Exception {
        try (Poller poller = Internals.poller(context, draft);
                PairSocket pair = context.pair()) {
            poller.add(pair, pair, PollEvent.IN);
            return waits(() -> poller.poll(WAIT) > 0);
        }
    }

    private static boolean monitorWaits(Context context) throws Exception {
        try (PairSocket pair = context.pair();
                SocketMonitor monitor = pair.monitor()) {
            return waits(() -> monitor.awaitConnected(WAIT));
        }
    }

    /** Not shorter than it should be, though it is interrupted all the time. */
    private static boolean waits(Callable<Boolean> call) throws Exception {
        long begin = System.nanoTime();
        boolean done = call.call();
        long nanos = System.nanoTime() - begin;
        require(!done, "the call found something");
        require(nanos >= WAIT.toNanos(), "waited " + nanos + " ns only");
        return true;
    }

    private static String polled(Context context, PairSocket pair) {
        try (Poller poller = context.poller()) {
            poller.add(pair, pair, PollEvent.IN);
            require(poller.poll() == 1, "one is ready");
            return pair.receiveString();
        }
    }

    /** A wait without end, and then a message. */
    private static void arrives(String what, Context context, Function<PairSocket, String> call)
            throws Throwable {
        PairSocket peer = context.pair();
        String endpoint = peer.bind("tcp://127.0.0.1:*");
        PairSocket pair = context.pair();
        Signals.during(
                what,
                Signals.SELDOM,
                () -> {
                    pair.connect(endpoint);
                    pair.send("ready");
                    return call.apply(pair).equals("arrived");
                },
                signals -> {
                    if (signals == 0) {
                        require(peer.receiveString().equals("ready"), "ready");
                    } else if (signals == 2000) {
                        peer.send("arrived");
                    }
                });
    }

    /** What does not wait, and yet looks into its mailbox, which is a system call, too. */
    private static void changes(Context context) throws Throwable {
        PairSocket peer = context.pair();
        String endpoint = peer.bind("tcp://127.0.0.1:*");
        PairSocket pair = context.pair();
        Signals.during(
                "bind connect set get unbind disconnect poll monitor",
                Signals.OFTEN,
                () -> {
                    try (Poller poller = context.poller()) {
                        poller.add(pair, pair, PollEvent.IN);
                        long end = System.nanoTime() + SPELL.toNanos();
                        int rounds = 0;
                        while (System.nanoTime() - end < 0 || rounds < 100) {
                            rounds++;
                            change(pair, poller, endpoint);
                        }
                        return true;
                    }
                },
                signals -> {});
    }

    private static void change(PairSocket pair, Poller poller, String endpoint) {
        try (SocketMonitor monitor = pair.monitor()) {
            String bound = pair.bind("inproc://under-signals");
            pair.connect(endpoint);
            pair.set(SocketOption.RCVBUF, 4096);
            require(pair.get(SocketOption.RCVBUF) == 4096, "the option is set");
            require(poller.tryPoll() == 0, "nothing is ready");
            monitor.tryReceive();
            pair.unbind(bound);
            pair.disconnect(endpoint);
        }
    }
}

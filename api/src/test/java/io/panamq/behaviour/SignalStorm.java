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
import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.TransferCalls;
import io.panamq.error.Errno;
import io.panamq.internal.poll.PollMethod;
import io.panamq.support.Signals;
import io.panamq.support.WithPoller;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** A program that {@link SignalTest} runs: makes calls while it gets one signal after the other. */
final class SignalStorm {
    private static final Duration WAIT = Duration.ofMillis(300);

    /** Time for calls that do not wait: long enough for some signals to hit them within libzmq. */
    private static final Duration SPELL = Duration.ofMillis(700);

    private SignalStorm() {}

    public static void main(String[] arguments) throws Throwable {
        Signals.handle();
        try (Context context = Context.builder().linger(Duration.ZERO).build()) {
            Signals.during("raw", () -> isInterruptedInLibzmq(context));
            checkTransfers(context);
            for (PollMethod method : WithPoller.methods().toList()) {
                Signals.during(method.toString(), () -> checkPollWait(context, method));
            }
            Signals.during("awaitConnected", () -> checkMonitorWait(context));
            checkArrival("receive without end", context, PairSocket::receiveString);
            checkArrival("poll without end", context, pair -> pollAndReceive(context, pair));
            makeChanges(context);
        }
        System.out.println("done");
    }

    /** Proves that the signals do end libzmq's own waits. */
    private static boolean isInterruptedInLibzmq(Context context) {
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

    private static void checkTransfers(Context context) throws Throwable {
        checkTransfer("receive", context, pair -> pair.receive(WAIT).isPresent());
        checkTransfer(
                "receiveInto",
                context,
                pair -> {
                    try (Message message = Message.create()) {
                        return pair.receive(message, WAIT);
                    }
                });
        checkTransfer("receiveMultipart", context, pair -> pair.receiveMultipart(WAIT).isPresent());
        checkTransfer(
                "receiveBatch",
                context,
                pair -> pair.bulkReceiver().receiveBatch(m -> {}, 10, WAIT) > 0);
        checkTransfer("send", context, pair -> pair.send("nobody", WAIT));
        checkTransfer("sendMultipart", context, pair -> pair.send(Multipart.of("a", "b"), WAIT));
    }

    private static void checkTransfer(
            String what, Context context, Function<PairSocket, Boolean> call) throws Throwable {
        Signals.during(
                what,
                () -> {
                    try (PairSocket pair = context.pair()) {
                        return checkWait(() -> call.apply(pair));
                    }
                });
    }

    private static boolean checkPollWait(Context context, PollMethod method) throws Exception {
        try (Poller poller = Internals.poller(context, method);
                PairSocket pair = context.pair()) {
            poller.add(pair, PollEvent.IN).attach(pair);
            return checkWait(() -> poller.poll(WAIT) > 0);
        }
    }

    private static boolean checkMonitorWait(Context context) throws Exception {
        try (PairSocket pair = context.pair();
                SocketMonitor monitor = pair.monitor()) {
            return checkWait(() -> monitor.awaitConnected(WAIT));
        }
    }

    /**
     * Checks that the wait is not shorter than asked for, though signals interrupt it all the time.
     */
    private static boolean checkWait(Callable<Boolean> call) throws Exception {
        long begin = System.nanoTime();
        boolean done = call.call();
        long nanos = System.nanoTime() - begin;
        require(!done, "the call found something");
        require(nanos >= WAIT.toNanos(), "waited " + nanos + " ns only");
        return true;
    }

    private static String pollAndReceive(Context context, PairSocket pair) {
        try (Poller poller = context.poller()) {
            poller.add(pair, PollEvent.IN).attach(pair);
            require(poller.poll() == 1, "one is ready");
            return pair.receiveString();
        }
    }

    /** Checks that an endless wait gets a message that comes later. */
    private static void checkArrival(
            String what, Context context, Function<PairSocket, String> call) throws Throwable {
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

    /** Makes calls that do not wait, but read their mailbox, which is a system call too. */
    private static void makeChanges(Context context) throws Throwable {
        PairSocket peer = context.pair();
        String endpoint = peer.bind("tcp://127.0.0.1:*");
        PairSocket pair = context.pair();
        Signals.during(
                "bind connect set get unbind disconnect poll monitor",
                Signals.OFTEN,
                () -> {
                    try (Poller poller = context.poller()) {
                        poller.add(pair, PollEvent.IN).attach(pair);
                        long end = System.nanoTime() + SPELL.toNanos();
                        int rounds = 0;
                        while (System.nanoTime() - end < 0 || rounds < 100) {
                            rounds++;
                            makeChange(pair, poller, endpoint);
                        }
                        return true;
                    }
                },
                signals -> {});
    }

    private static void makeChange(PairSocket pair, Poller poller, String endpoint) {
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

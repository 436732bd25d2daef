// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.guard;

import io.panamq.Context;
import io.panamq.Internals;
import io.panamq.Message;
import io.panamq.MessageTracker;
import io.panamq.PairSocket;
import io.panamq.PollEvent;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.support.FullHeap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that {@link HeapEndTest} runs with {@link FullHeap#jvm}: makes calls while the Java
 * heap has little or no room.
 */
final class HeapEnd {
    private static final int MOST_SPARE = 1024;

    /** How many items fit with the one for wake-ups. The next item needs larger arrays. */
    private static final int FULL = 15;

    private HeapEnd() {}

    public static void main(String[] arguments) throws Exception {
        OutOfMemoryError none = withLittle(0, () -> {}); // loads what it needs later
        require(none == null, "nothing is taken yet");
        FullHeap.begin();
        try (Context context = Context.create()) {
            switch (arguments[0]) {
                case "add" -> add(context);
                case "release" -> release();
                case "close" -> close(context);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
        System.out.println("well");
    }

    /** Runs the call with so many bytes left. Returns the error, or null if they were enough. */
    private static OutOfMemoryError withLittle(int bytes, Runnable call) {
        try {
            fillBut(bytes);
            call.run();
            return null;
        } catch (OutOfMemoryError e) {
            return e;
        } finally {
            FullHeap.free();
        }
    }

    private static void fillBut(int bytes) {
        byte[] spare = new byte[bytes];
        try {
            FullHeap.fill();
        } finally {
            Reference.reachabilityFence(spare);
        }
    }

    /** A refused socket is not registered: it can be closed, and the poller goes on. */
    private static void add(Context context) {
        PairSocket peer = context.pair();
        PairSocket kept = context.pair();
        peer.connect(kept.bind("inproc://kept"));
        try (Poller poller = context.poller()) {
            PollItem item = poller.add(kept, PollEvent.IN).attach("kept");
            while (poller.size() < FULL) {
                poller.add(100_000 + poller.size(), PollEvent.IN).pause();
            }
            int refused = 0;
            for (int bytes = 0; bytes < MOST_SPARE; bytes += 32) {
                refused += addWithLittle(context, poller, bytes) ? 0 : 1;
                peer.send("still there");
                require(poller.poll(Duration.ofSeconds(5)) == 1, "one is ready");
                require(poller.ready().get(0) == item, "the one that was added");
                kept.receiveString();
            }
            require(refused > 0, "some are refused");
            require(poller.size() == FULL, "none of them is registered");
        }
    }

    private static boolean addWithLittle(Context context, Poller poller, int bytes) {
        try (PairSocket socket = context.pair()) {
            List<PollItem> added = new ArrayList<>(1);
            OutOfMemoryError error =
                    withLittle(bytes, () -> added.add(poller.add(socket, PollEvent.IN).attach("")));
            added.forEach(PollItem::remove);
            require(error != null || added.size() == 1, "added or refused");
            return error == null;
        }
    }

    /** Callbacks of memory that is released while the heap is full run later. */
    private static void release() {
        AtomicInteger released = new AtomicInteger();
        MemorySegment content = Arena.global().allocate(64).asReadOnly();
        for (int round = 0; round < 20; round++) {
            List<Message> messages = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                messages.add(Message.wrap(content, released::incrementAndGet));
            }
            OutOfMemoryError ignored =
                    withLittle(
                            100 * round,
                            () -> {
                                for (int i = 0; i < messages.size(); i++) {
                                    messages.get(i).close();
                                }
                                for (int i = 0; i < 1_000_000; i++) {
                                    Thread.onSpinWait(); // waits until the other thread meets the
                                    // end
                                }
                            });
            messages.forEach(Message::close);
            Message last = Message.wrap(content, () -> {});
            MessageTracker tracker = MessageTracker.of(last);
            last.close();
            require(tracker.awaitReleased(Duration.ofSeconds(10)), "released, in turn");
            require(released.get() == 200 * (round + 1), "each once: " + released);
        }
    }

    /** A socket whose close failed can be closed again. */
    private static void close(Context context) {
        for (int bytes = 0; bytes < MOST_SPARE; bytes += 32) {
            PairSocket socket = context.pair();
            String endpoint = socket.bind("tcp://127.0.0.1:*");
            OutOfMemoryError ignored = withLittle(bytes, socket::close);
            socket.close();
            require(socket.isClosed(), "closed");
            require(Internals.core(socket).isNativeClosed(), "natively, with " + bytes + " bytes");
            require(endpoint.startsWith("tcp"), "endpoint");
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("not so: " + what);
        }
    }
}

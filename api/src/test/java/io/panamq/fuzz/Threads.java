// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Message;
import io.panamq.loop.AsyncSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** Interrupts threads at random, and makes calls at the very end of the stack. */
final class Threads {
    /** The weight of the operation that meets the end of the stack. */
    private static final int DEEP = Integer.getInteger("panamq.fuzz.deep", 2);

    static final List<Operation> ALL =
            List.of(
                    Operation.legal("interrupt", 5, w -> Thread.currentThread().interrupt()),
                    Operation.legal("interrupt-soon", 5, Threads::interruptSoon),
                    Operation.legal("yield", 5, w -> Thread.onSpinWait()),
                    Operation.illegal("deep", DEEP, Threads::deep)
                            .orThrow(StackOverflowError.class)
                            .orThrow(RejectedExecutionException.class)
                            .orThrow(UnsupportedOperationException.class)
                            .orThrow(IndexOutOfBoundsException.class));

    private Threads() {}

    private static void interruptSoon(Worker worker) {
        worker.later(worker.draw.below(1_000), Thread.currentThread()::interrupt);
    }

    private static void deep(Worker worker) {
        if (worker.isGuest()) {
            // A loop whose own code meets the end of the stack is tested elsewhere.
            return;
        }
        if (Thread.currentThread().isVirtual()) {
            // The JVM itself cannot do this: a virtual thread that gives up its carrier in the last
            // 5 KiB of its stack, in Thread.yield or at a lock that is taken, has no room when it
            // is mounted again. JDK 25 then dies of its StackOverflowError (ShouldNotReachHere in
            // sharedRuntime.cpp), even without any call of this library.
            return;
        }
        Message message = worker.filled();
        int[] depth = new int[1];
        try {
            deeper(depth);
        } catch (StackOverflowError e) {
            useFrom(depth[0] - worker.draw.below(60), worker, message);
        }
    }

    private static void deeper(int[] depth) {
        if (depth[0]++ >= 0) {
            deeper(depth);
        }
    }

    private static void useFrom(int frames, Worker worker, Message message) {
        if (frames > 0) {
            useFrom(frames - 1, worker, message);
            return;
        }
        switch (worker.draw.below(8)) {
            case 0, 1 -> worker.sender().trySend(message);
            case 2, 3 -> worker.receiver().tryReceive(message);
            case 4, 5 -> message.close();
            case 6 -> useLoop(worker, message);
            default -> worker.socket().close();
        }
    }

    /** Uses a loop or a sender. It must not sleep afterwards, even if the call was cut off. */
    private static void useLoop(Worker worker, Message message) {
        Guest guest = worker.pick(worker.world.guests);
        AsyncSocket async = worker.pick(worker.world.asyncs);
        Fronts.Front front = worker.pick(worker.world.fronts);
        switch (worker.draw.below(4)) {
            case 0 -> {
                if (guest != null) {
                    guest.loop().execute(() -> {});
                }
            }
            case 1 -> {
                if (async != null) {
                    var unused = async.send(new byte[8]);
                }
            }
            case 2 -> {
                if (async != null) {
                    var unused = async.receive(Duration.ZERO);
                }
            }
            default -> {
                if (front != null) {
                    front.sender().trySend(message);
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.ConcurrentSender;
import io.panamq.Message;
import io.panamq.MessageTracker;
import io.panamq.Multipart;
import io.panamq.Sender;
import io.panamq.error.ZmqException;
import io.panamq.loop.AsyncSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes messages for a single send, and closes them only if they were not sent: what was sent needs
 * no close, as the count of slots at the end of the episode shows. Some are used on all the same.
 */
final class OneShots {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("once-send", 20, w -> send(w, sender(w), made(w))),
                    Operation.legal("once-multipart", 15, OneShots::multipart),
                    Operation.legal("once-batch", 6, OneShots::batch),
                    Asyncs.or(Operation.legal("once-async", 10, OneShots::async)),
                    Operation.legal("once-share", 6, OneShots::share),
                    Operation.legal("once-use-on", 20, OneShots::useOn)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("once-twice-owned", 5, OneShots::twiceOwned),
                    Operation.legal("once-many-threads", 3, OneShots::manyThreads));

    private static final int THREADS = 3;

    private OneShots() {}

    private static Sender sender(Worker worker) {
        return worker.draw.oneIn(4) ? Fronts.front(worker) : worker.sender();
    }

    private static Message made(Worker worker) {
        return Message.of(worker.draw.bytes(worker.draw.size()));
    }

    /** Sends a message that is then done with, or closes it. Returns whether it was sent. */
    private static boolean send(Worker worker, Sender sender, Message message) {
        boolean sent = false;
        try {
            sent = Sends.send(worker, sender, message);
        } finally {
            if (!sent) {
                message.close();
            }
        }
        return sent;
    }

    /** Sends a multipart message once. If it was not sent, nothing may be added to it. */
    private static void multipart(Worker worker) {
        Sender sender = sender(worker);
        Multipart multipart = Multipart.of("", "frame");
        if (worker.draw.coin()) {
            multipart.add(made(worker));
        }
        boolean sent = false;
        try {
            sent = Sends.send(worker, sender, multipart);
            if (!sent) {
                refuseGrowth(worker, multipart);
                sent = Sends.send(worker, sender, multipart);
            }
        } finally {
            if (!sent) {
                multipart.close();
            }
        }
    }

    private static void refuseGrowth(Worker worker, Multipart unsent) {
        Message added = Message.of("more");
        try {
            switch (worker.draw.below(3)) {
                case 0 -> unsent.add("more");
                case 1 -> unsent.add(added);
                default -> unsent.allocate(4);
            }
        } catch (IllegalStateException e) {
            return;
        } finally {
            added.close();
        }
        throw new AssertionError("grew, but was not sent: " + unsent);
    }

    private static void batch(Worker worker) {
        List<Message> messages = new ArrayList<>();
        for (int i = worker.draw.below(100); i >= 0; i--) {
            messages.add(Message.of("one of many"));
        }
        int sent = 0;
        try {
            sent = sender(worker).bulkSender().trySendBatch(messages);
        } finally {
            // If it throws, it does not say how many were sent; a close of those does nothing.
            messages.subList(sent, messages.size()).forEach(Message::close);
        }
    }

    /** Sends on a loop, and closes what the loop gives back unsent. */
    private static void async(Worker worker) {
        AsyncSocket async = Asyncs.async(worker, Sender.class);
        Message message = made(worker);
        CompletableFuture<Boolean> future = null;
        try {
            future = async.send(message);
        } finally {
            if (future == null) {
                message.close();
            }
        }
        var unused =
                future.whenComplete(
                        (sent, failure) -> {
                            if (!Boolean.TRUE.equals(sent)) {
                                Worker.ignoreOwner(message::close);
                            }
                        });
        Asyncs.track(worker, future);
    }

    /** Sends a message and its copy, whose content is one. */
    private static void share(Worker worker) {
        Sender sender = sender(worker);
        Message message = made(worker);
        Message copy = message.share();
        try {
            send(worker, sender, copy);
        } finally {
            send(worker, sender, message);
        }
    }

    /** Uses a message after its slot was given back, once or for good. */
    private static void useOn(Worker worker) {
        Sender sender = sender(worker);
        Message message = made(worker);
        if (!send(worker, sender, message)) {
            return;
        }
        switch (worker.draw.below(12)) {
            case 0 -> message.close();
            case 1 -> {
                message.close();
                message.close();
                message.prepare(1);
            }
            case 2 -> worker.keep(message.share());
            case 3 -> worker.put(worker.world.views, message.data());
            case 4 -> worker.world.allTrackers.add(MessageTracker.of(message));
            case 5 -> worker.note(message.size());
            case 6 -> {
                worker.keep(message);
                message.handOver();
            }
            case 7 -> worker.receiver().tryReceive(worker.keep(message));
            case 8 -> {
                // The frame gets a slot again, which the multipart message gives back.
                Multipart multipart = worker.keep(Multipart.create().add(message));
                multipart.get(0).prepare(worker.draw.size());
                Sends.send(worker, sender, multipart);
            }
            case 9 -> {
                worker.keep(message.prepare(worker.draw.size()));
                Sends.send(worker, sender, message);
            }
            case 10 -> Sends.send(worker, sender, message);
            default -> worker.keep(message.prepare(worker.draw.size()));
        }
    }

    /** Puts one message into two multipart messages, which the second must refuse. */
    private static void twiceOwned(Worker worker) {
        Message message = worker.keep(made(worker));
        Multipart first = worker.keep(Multipart.create());
        first.add(message);
        Multipart second = worker.keep(Multipart.create());
        try {
            second.add(worker.draw.coin() ? message : first.get(0));
        } catch (IllegalArgumentException e) {
            Sends.send(worker, sender(worker), worker.draw.coin() ? first : second);
            return;
        }
        throw new AssertionError(message + " is in two multipart messages");
    }

    /** Lets threads send the same message through one sender: at most one of them may succeed. */
    private static void manyThreads(Worker worker) {
        ConcurrentSender front = Fronts.front(worker);
        Message message = made(worker);
        message.handOver();
        AtomicInteger sent = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(racer(() -> race(worker, front, message, sent)));
        }
        threads.forEach(OneShots::join);
        if (sent.get() > 1) {
            throw new AssertionError(message + " was sent " + sent + " times");
        }
    }

    /** Starts a platform thread: a loop waits for it, and a virtual one may get no carrier. */
    private static Thread racer(Runnable race) {
        return Thread.ofPlatform().daemon().start(race);
    }

    private static void race(
            Worker worker, ConcurrentSender front, Message message, AtomicInteger sent) {
        try {
            if (front.trySend(message)) {
                sent.incrementAndGet();
            }
        } catch (ZmqException
                | IllegalStateException
                | IllegalArgumentException
                | WrongThreadException e) {
            // Another thread has the message, or has sent it, or the sender does not send it.
        } catch (Throwable e) {
            worker.report("a thread of once-many-threads", e);
        } finally {
            Worker.ignoreOwner(message::close);
        }
    }

    /** Waits for the thread, whose send does not wait, even if this one is interrupted. */
    private static void join(Thread thread) {
        boolean interrupted = Thread.interrupted();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import io.panamq.CloseReport;
import io.panamq.Context;
import io.panamq.Internals;
import io.panamq.Message;
import io.panamq.PairSocket;
import io.panamq.PollEvent;
import io.panamq.Poller;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.SocketOption;
import io.panamq.internal.poll.PollMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A program that {@link VirtualThreadScaleTest} runs: very many virtual threads wait at once. */
final class VirtualThreadScale {
    private static final String NAME = "inproc://scale";
    private static final Set<String> CARRIERS = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger DONE = new AtomicInteger();
    private static final List<Thread> THREADS = new ArrayList<>();

    private VirtualThreadScale() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        warmUp();
        Context context = Context.builder().ioThreads(0).maxSockets(4 * count + 10).build();
        switch (arguments[0]) {
            case "receive" -> receive(context, count);
            case "send" -> send(context, count);
            case "request" -> request(context, count, Integer.parseInt(arguments[2]));
            case "poll" -> poll(context, count, PollMethod.current());
            case "zmq_poll" -> poll(context, count, PollMethod.ZMQ_POLL);
            case "pinned" -> start(Pin::now);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        for (Thread thread : THREADS) {
            require(thread.join(Duration.ofSeconds(100)), "in time, done " + DONE);
        }
        CloseReport report = context.close(Duration.ofSeconds(30));
        require(report.terminated(), "terminated: " + report);
        long carriers =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("ForkJoinPool-1-worker"))
                        .count();
        int cores = Runtime.getRuntime().availableProcessors();
        require(carriers <= cores, carriers + " carriers at the end for " + cores + " cores");
        require(CARRIERS.size() <= cores, CARRIERS + " for " + cores + " cores");
        System.out.println("done " + DONE + " on " + CARRIERS.size() + " carriers");
    }

    /**
     * Initialises all classes. A thread that waits for another one to do it would hold its carrier.
     */
    private static void warmUp() throws InterruptedException {
        try (Context context = Context.create()) {
            PairSocket pair = context.pair();
            pair.bind(NAME);
            start(
                    () -> {
                        try (PairSocket peer = context.pair();
                                Message message = Message.create()) {
                            peer.connect(NAME);
                            peer.send(peer.receiveString());
                            peer.trySend("fill");
                            peer.receive(message);
                            pollOnce(context, peer, PollMethod.current());
                            pollOnce(context, peer, PollMethod.ZMQ_POLL);
                        }
                    });
            Thread only = THREADS.remove(0);
            for (String text : List.of("text", "end", "poll", "zmq_poll")) {
                awaitParked(only);
                pair.send(text);
            }
            only.join();
            DONE.set(0);
        }
    }

    private static void pollOnce(Context context, PairSocket peer, PollMethod method) {
        try (Poller poller = Internals.poller(context, method)) {
            poller.add(peer, PollEvent.IN).attach(peer);
            require(poller.poll() == 1, "one is ready");
            peer.receiveString();
        }
    }

    /**
     * All threads receive at once, each on its own socket. Each gets one message while all are
     * open.
     */
    private static void receive(Context context, int count) throws InterruptedException {
        PushSocket push = context.push();
        push.bind(NAME);
        var started = new CountDownLatch(count);
        var allWoken = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            start(
                    () -> {
                        try (PullSocket pull = context.pull()) {
                            pull.connect(NAME);
                            started.countDown();
                            require(pull.receiveString().equals("wake"), "text");
                            noteCarrier();
                            allWoken.countDown();
                            awaitLatch(allWoken);
                        }
                    });
        }
        awaitAllParked(started);
        for (int i = 0; i < count; i++) {
            push.send("wake");
        }
    }

    /**
     * All threads send at once, each on a socket with a full queue. Then one reader takes
     * everything.
     */
    private static void send(Context context, int count) throws InterruptedException {
        PullSocket pull = context.pull();
        pull.set(SocketOption.RCVHWM, 1);
        pull.bind(NAME);
        AtomicInteger queued = new AtomicInteger();
        var started = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            start(
                    () -> {
                        try (PushSocket push = context.push()) {
                            push.set(SocketOption.SNDHWM, 1);
                            push.connect(NAME);
                            while (push.trySend("fill")) {
                                queued.incrementAndGet();
                            }
                            started.countDown();
                            push.send("last");
                            noteCarrier();
                        }
                    });
        }
        awaitAllParked(started);
        int received = 0;
        try (Message message = Message.create()) {
            while (received < queued.get() + count) {
                pull.receive(message);
                received++;
            }
        }
    }

    /** All threads poll at once, each with its own poller. Then each gets one message. */
    private static void poll(Context context, int count, PollMethod method)
            throws InterruptedException {
        PushSocket push = context.push();
        push.bind(NAME);
        var started = new CountDownLatch(count);
        var allWoken = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            start(
                    () -> {
                        try (Poller poller = Internals.poller(context, method);
                                PullSocket pull = context.pull()) {
                            pull.connect(NAME);
                            poller.add(pull, PollEvent.IN).attach(pull);
                            started.countDown();
                            require(poller.poll() == 1, "one is ready");
                            require(pull.receiveString().equals("wake"), "text");
                            noteCarrier();
                            allWoken.countDown();
                            awaitLatch(allWoken);
                        }
                    });
        }
        awaitAllParked(started);
        for (int i = 0; i < count; i++) {
            push.send("wake");
        }
    }

    /**
     * Runs pairs of a requester and a replier, each on its own socket and thread. All threads exist
     * at once, with as many pairs of sockets as the process may have open.
     */
    private static void request(Context context, int count, int most) {
        var pairs = new Semaphore(most);
        for (int i = 0; i < count; i++) {
            String endpoint = NAME + i;
            String text = "request " + i;
            var bound = new CountDownLatch(1);
            var answered = new CountDownLatch(1);
            start(
                    () -> {
                        pairs.acquireUninterruptibly();
                        try (RepSocket rep = context.rep()) {
                            rep.bind(endpoint);
                            bound.countDown();
                            rep.send(rep.receiveString() + "!");
                            awaitLatch(answered);
                        }
                        pairs.release();
                    });
            start(
                    () -> {
                        awaitLatch(bound);
                        try (ReqSocket req = context.req()) {
                            req.connect(endpoint);
                            req.send(text);
                            require(req.receiveString().equals(text + "!"), text);
                            noteCarrier();
                        }
                        answered.countDown();
                    });
        }
    }

    private static void start(Runnable task) {
        THREADS.add(
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        task.run();
                                        DONE.incrementAndGet();
                                    } catch (Throwable t) {
                                        t.printStackTrace();
                                        Runtime.getRuntime().halt(3);
                                    }
                                }));
    }

    /** Waits until all threads have found nothing to do, and none holds a carrier. */
    private static void awaitAllParked(CountDownLatch started) throws InterruptedException {
        require(started.await(100, TimeUnit.SECONDS), "all are waiting: " + started);
        for (Thread thread : THREADS) {
            awaitParked(thread);
        }
        require(DONE.get() == 0, DONE + " are done already");
    }

    /** Looks at the thread again and again, because nothing tells when it parks. */
    private static void awaitParked(Thread thread) {
        long end = System.nanoTime() + 100_000_000_000L;
        while (thread.getState() != Thread.State.WAITING) {
            require(System.nanoTime() - end < 0, "in time: parked");
            Thread.onSpinWait();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void noteCarrier() {
        String text = Thread.currentThread().toString();
        CARRIERS.add(text.substring(text.indexOf('@') + 1));
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }

    /** Parks with a native frame on its stack for so long that the recording must show it. */
    private static final class Pin {
        static {
            LockSupport.parkNanos(60_000_000);
        }

        private Pin() {}

        static void now() {
            noteCarrier();
        }
    }
}

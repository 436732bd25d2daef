// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.BulkReceiver;
import io.panamq.BulkSender;
import io.panamq.Context;
import io.panamq.Message;
import io.panamq.MessageArena;
import io.panamq.MessageTracker;
import io.panamq.Multipart;
import io.panamq.PollItem;
import io.panamq.Poller;
import io.panamq.Proxy;
import io.panamq.Socket;
import io.panamq.SocketMonitor;
import io.panamq.error.ZmqException;
import io.panamq.loop.AsyncSocket;
import io.panamq.loop.LoopTimer;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Queue;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * What the threads of an episode share: a few places for objects, which any thread may fill and use
 * at any time, and lists of everything that must be closed at the end.
 */
final class World {
    final AtomicReferenceArray<Context> contexts = new AtomicReferenceArray<>(2);
    final AtomicReferenceArray<Socket> sockets = new AtomicReferenceArray<>(16);
    final AtomicReferenceArray<BulkSender> bulkSenders = new AtomicReferenceArray<>(4);
    final AtomicReferenceArray<BulkReceiver> bulkReceivers = new AtomicReferenceArray<>(4);
    final AtomicReferenceArray<Message> messages = new AtomicReferenceArray<>(24);
    final AtomicReferenceArray<Multipart> multiparts = new AtomicReferenceArray<>(8);
    final AtomicReferenceArray<MemorySegment> views = new AtomicReferenceArray<>(16);
    final AtomicReferenceArray<MemorySegment> memory = new AtomicReferenceArray<>(8);
    final AtomicReferenceArray<MessageArena> arenas = new AtomicReferenceArray<>(4);
    final AtomicReferenceArray<MessageTracker> trackers = new AtomicReferenceArray<>(8);
    final AtomicReferenceArray<String> endpoints = new AtomicReferenceArray<>(8);
    final AtomicReferenceArray<Path> files = new AtomicReferenceArray<>(4);
    final AtomicReferenceArray<Poller> pollers = new AtomicReferenceArray<>(4);
    final AtomicReferenceArray<PollItem> items = new AtomicReferenceArray<>(8);
    final AtomicReferenceArray<SocketMonitor> monitors = new AtomicReferenceArray<>(4);
    final AtomicReferenceArray<Guest> guests = new AtomicReferenceArray<>(2);
    final AtomicReferenceArray<LoopTimer> timers = new AtomicReferenceArray<>(4);
    final AtomicReferenceArray<AsyncSocket> asyncs = new AtomicReferenceArray<>(4);
    final AtomicReferenceArray<CompletableFuture<?>> futures = new AtomicReferenceArray<>(8);
    final AtomicReferenceArray<Flow.Subscription> subscriptions = new AtomicReferenceArray<>(4);
    final AtomicReferenceArray<Fronts.Front> fronts = new AtomicReferenceArray<>(4);
    final AtomicReferenceArray<Proxy> proxies = new AtomicReferenceArray<>(4);

    /** The contexts of pollers and monitors, which do not name theirs. The keys are weak. */
    final Map<Object, Context> homes = Collections.synchronizedMap(new WeakHashMap<>());

    final Queue<Context> allContexts = new ConcurrentLinkedQueue<>();
    final Queue<Message> allMessages = new ConcurrentLinkedQueue<>();
    final Queue<Multipart> allMultiparts = new ConcurrentLinkedQueue<>();
    final Queue<MessageArena> allArenas = new ConcurrentLinkedQueue<>();
    final Queue<MessageTracker> allTrackers = new ConcurrentLinkedQueue<>();
    final Queue<Path> allFiles = new ConcurrentLinkedQueue<>();
    final Queue<Fronts.Front> allFronts = new ConcurrentLinkedQueue<>();
    final Queue<Guest> allGuests = new ConcurrentLinkedQueue<>();
    final Queue<CompletableFuture<?>> allFutures = new ConcurrentLinkedQueue<>();
    final Queue<Demand<?>> allDemands = new ConcurrentLinkedQueue<>();
    final Queue<Closeable> others = new ConcurrentLinkedQueue<>();

    /** The number of messages with a callback. In the end as many callbacks must have run. */
    final AtomicInteger wrapped = new AtomicInteger();

    final AtomicInteger released = new AtomicInteger();

    /** The folder for files and for the paths of ipc. */
    final Path folder;

    World(Path folder) {
        this.folder = folder;
    }

    /** Checks that each loop runs a task or ends: no misuse may leave it asleep. */
    void probeLoops() {
        for (Guest guest : allGuests) {
            CompletableFuture<Void> ran;
            try {
                ran = CompletableFuture.runAsync(() -> {}, guest.loop());
            } catch (RejectedExecutionException e) {
                continue;
            }
            long start = System.nanoTime();
            while (!ran.isDone() && !guest.loop().isStopped()) {
                if (System.nanoTime() - start > Leaks.PATIENCE) {
                    throw new AssertionError(
                            guest.loop() + " does not run its task, it is at " + guest.stack());
                }
                LockSupport.parkNanos(100_000);
            }
        }
    }

    /**
     * Checks that no thread keeps its turn for ever. If one does, this waits, and the watchdog
     * reports it.
     */
    void probeFronts() {
        for (Fronts.Front front : allFronts) {
            try (Message message = Message.of("probe")) {
                boolean ignored = front.sender().trySend(message);
            } catch (ZmqException | IllegalArgumentException e) {
                // The sender is closed, or its socket does not send such a message.
            }
        }
    }

    /** Ends all loops, on any thread, when nobody gives them anything any more. */
    void endLoops() {
        for (Guest guest : allGuests) {
            guest.loop().stopNow();
        }
        for (Guest guest : allGuests) {
            guest.loop().close();
            if (!guest.loop().isStopped()) {
                throw new AssertionError(guest.loop() + " does not end, it is at " + guest.stack());
            }
        }
    }

    void removeFiles() throws IOException {
        for (Path file : allFiles) {
            Files.deleteIfExists(file);
        }
    }
}

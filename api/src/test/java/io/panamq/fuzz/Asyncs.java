// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.Receiver;
import io.panamq.Sender;
import io.panamq.Socket;
import io.panamq.loop.AsyncSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Uses futures of sockets on a loop: some are cancelled, completed by others, or never complete.
 */
final class Asyncs {
    /** Counts the receives that completed. It is never drawn. */
    private static final Operation RECEIVED = Operation.legal("async-received", 0, worker -> {});

    private static final Operation SENT = Operation.legal("async-sent", 0, worker -> {});

    static final List<Operation> ALL =
            List.of(
                    RECEIVED,
                    SENT,
                    Operation.legal("async-on", 6, Asyncs::open)
                            .orThrow(RejectedExecutionException.class),
                    or(Operation.legal("async-receive", 20, Asyncs::receive)),
                    or(Operation.legal("async-send", 20, Asyncs::send)),
                    or(Operation.legal("async-talk", 5, Asyncs::talk)),
                    or(Operation.illegal("async-null", 1, Asyncs::passNull))
                            .orThrow(NullPointerException.class),
                    Operation.legal("future-cancel", 12, Asyncs::cancel)
                            .orThrow(UnsupportedOperationException.class),
                    Operation.legal("future-get", 5, Asyncs::get)
                            .orThrow(CancellationException.class)
                            .orThrow(ExecutionException.class)
                            .orThrow(TimeoutException.class)
                            .orThrow(InterruptedException.class),
                    or(Operation.legal("async-socket", 4, Asyncs::useSocket)),
                    or(Operation.legal("async-close", 3, worker -> async(worker).close())));

    private Asyncs() {}

    static Operation or(Operation operation) {
        return operation
                .orThrow(RejectedExecutionException.class)
                .orThrow(UnsupportedOperationException.class);
    }

    private static AsyncSocket open(Worker worker) {
        Guest guest = Loops.guest(worker);
        int most = worker.draw.below(5);
        Socket socket = Loops.socket(worker, guest);
        AsyncSocket async =
                worker.draw.oneIn(4)
                        ? AsyncSocket.on(guest.loop(), socket, most)
                        : AsyncSocket.on(guest.loop(), socket);
        worker.put(worker.world.asyncs, async);
        return async;
    }

    static AsyncSocket async(Worker worker) {
        AsyncSocket async = worker.pick(worker.world.asyncs);
        if (async == null || (async.isClosed() && !worker.draw.oneIn(8))) {
            return open(worker);
        }
        return worker.note(async);
    }

    /** Returns a socket on a loop, mostly one of the given kind. */
    static AsyncSocket async(Worker worker, Class<?> kind) {
        AsyncSocket async = async(worker);
        for (int i = 0; i < 3 && !kind.isInstance(async.socket()); i++) {
            async = async(worker);
        }
        return async;
    }

    private static void receive(Worker worker) {
        AsyncSocket async = async(worker, Receiver.class);
        World world = worker.world;
        switch (worker.draw.below(4)) {
            case 0 -> keep(worker, async.receive(), world.allMessages::add);
            case 1 -> keep(worker, async.receiveMultipart(), world.allMultiparts::add);
            case 2 ->
                    keep(
                            worker,
                            async.receiveMultipart(worker.draw.anyWait()),
                            some -> some.ifPresent(world.allMultiparts::add));
            default ->
                    keep(
                            worker,
                            async.receive(worker.draw.anyWait()),
                            some -> some.ifPresent(world.allMessages::add));
        }
    }

    /** Keeps what the future receives, so that it is closed in the end. */
    private static <T> void keep(
            Worker worker, CompletableFuture<T> future, java.util.function.Consumer<T> content) {
        var unused =
                future.thenAccept(
                        received -> {
                            if (received != null) {
                                content.accept(received);
                                if (!received.equals(Optional.empty())) {
                                    worker.countSuccess(RECEIVED);
                                }
                            }
                        });
        track(worker, future);
    }

    static void track(Worker worker, CompletableFuture<?> future) {
        worker.world.allFutures.add(future);
        worker.put(worker.world.futures, future);
        if (worker.draw.oneIn(8)) {
            var unused = future.orTimeout(worker.draw.below(2_000), TimeUnit.MICROSECONDS);
        } else if (worker.draw.oneIn(8)) {
            // A dependent future may throw on any thread.
            var unused = future.thenRun(Asyncs::fail);
        }
    }

    private static void fail() {
        throw new Operation.Planned();
    }

    private static void send(Worker worker) {
        AsyncSocket async = async(worker, Sender.class);
        switch (worker.draw.below(6)) {
            case 0 -> trackSend(worker, async.send(worker.multipart()));
            case 1 -> trackSend(worker, async.send(worker.multipart(), worker.draw.anyWait()));
            case 2 -> trackSend(worker, async.send(worker.filled(), worker.draw.anyWait()));
            case 3 -> trackSend(worker, async.send(worker.draw.bytes(worker.draw.size())));
            case 4 -> {
                Message message = worker.filled();
                trackSend(worker, async.send(message));
                trackSend(worker, async.send(message));
            }
            default -> trackSend(worker, async.send(worker.filled()));
        }
    }

    private static void trackSend(Worker worker, CompletableFuture<Boolean> future) {
        var unused =
                future.thenAccept(
                        sent -> {
                            if (Boolean.TRUE.equals(sent)) {
                                worker.countSuccess(SENT);
                            }
                        });
        track(worker, future);
    }

    /** Connects two sockets on the same loop, or on two loops of the same context. */
    private static void talk(Worker worker) {
        Guest guest = Loops.guest(worker);
        Guest other = Loops.guest(worker);
        Socket[] both = Sockets.pair(worker, guest.context());
        AsyncSocket one = AsyncSocket.on(guest.loop(), both[0]);
        worker.put(worker.world.asyncs, one);
        boolean fits = other.context() == guest.context();
        AsyncSocket two = AsyncSocket.on((fits ? other : guest).loop(), both[1]);
        worker.put(worker.world.asyncs, two);
        for (int i = worker.draw.below(12); i >= 0; i--) {
            talk(worker, i % 2 == 0 ? one : two, i % 2 == 0 ? two : one);
        }
    }

    private static void talk(Worker worker, AsyncSocket from, AsyncSocket to) {
        if (from.socket() instanceof Sender) {
            trackSend(
                    worker,
                    worker.draw.coin()
                            ? from.send("talk")
                            : from.send(worker.keep(Multiparts.random(worker))));
        }
        if (to.socket() instanceof Receiver) {
            if (worker.draw.coin()) {
                keep(worker, to.receive(), worker.world.allMessages::add);
            } else {
                keep(worker, to.receiveMultipart(), worker.world.allMultiparts::add);
            }
        }
    }

    private static void passNull(Worker worker) {
        AsyncSocket async = async(worker);
        switch (worker.draw.below(4)) {
            case 0 -> track(worker, async.send((Message) null));
            case 1 -> track(worker, async.send((Multipart) null));
            case 2 -> track(worker, async.send((String) null));
            default -> track(worker, async.receive(null));
        }
    }

    private static void cancel(Worker worker) {
        CompletableFuture<?> future = worker.pick(worker.world.futures);
        if (future != null) {
            switch (worker.draw.below(4)) {
                case 0 -> worker.note(future.complete(null));
                case 1 -> worker.note(future.completeExceptionally(new Operation.Planned()));
                case 2 -> future.obtrudeException(new Operation.Planned());
                default -> worker.note(future.cancel(true));
            }
        }
    }

    private static void get(Worker worker) throws Exception {
        CompletableFuture<?> future = worker.pick(worker.world.futures);
        if (future != null) {
            worker.note(future.get(worker.draw.below(2_000), TimeUnit.MICROSECONDS));
        }
    }

    /** Gives the socket of a loop to the other threads, which must not use it. */
    private static void useSocket(Worker worker) {
        worker.put(worker.world.sockets, async(worker).socket());
    }
}

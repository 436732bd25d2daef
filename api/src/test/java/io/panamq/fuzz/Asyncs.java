// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.AsyncSocket;
import io.panamq.Message;
import io.panamq.Multipart;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Futures of sockets on a loop: cancelled, completed by others, or waited for in vain. */
final class Asyncs {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("async-on", 6, Asyncs::open)
                            .orThrow(RejectedExecutionException.class),
                    or(Operation.legal("async-receive", 20, Asyncs::receive)),
                    or(Operation.legal("async-send", 20, Asyncs::send)),
                    or(Operation.illegal("async-null", 1, Asyncs::nothing))
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
        AsyncSocket async =
                worker.draw.coin()
                        ? AsyncSocket.on(guest.loop(), worker.socket())
                        : AsyncSocket.on(guest.loop(), worker.socket(), most);
        worker.put(worker.world.asyncs, async);
        return async;
    }

    static AsyncSocket async(Worker worker) {
        AsyncSocket async = worker.pick(worker.world.asyncs);
        if (async == null || (async.isClosed() && !worker.draw.oneIn(3))) {
            return open(worker);
        }
        return worker.note(async);
    }

    private static void receive(Worker worker) {
        AsyncSocket async = async(worker);
        World world = worker.world;
        switch (worker.draw.below(4)) {
            case 0 -> keep(worker, async.receive(), world.allMessages::add);
            case 1 -> keep(worker, async.receiveMultipart(), world.allMultiparts::add);
            case 2 ->
                    keep(
                            worker,
                            async.receiveMultipart(worker.draw.wait0()),
                            some -> some.ifPresent(world.allMultiparts::add));
            default ->
                    keep(
                            worker,
                            async.receive(worker.draw.wait0()),
                            some -> some.ifPresent(world.allMessages::add));
        }
    }

    /** Everything that is received is closed in the end. */
    private static <T> void keep(
            Worker worker, CompletableFuture<T> future, java.util.function.Consumer<T> content) {
        var unused =
                future.thenAccept(
                        received -> {
                            if (received != null) {
                                content.accept(received);
                            }
                        });
        known(worker, future);
    }

    static void known(Worker worker, CompletableFuture<?> future) {
        worker.world.allFutures.add(future);
        worker.put(worker.world.futures, future);
        if (worker.draw.oneIn(8)) {
            var unused = future.orTimeout(worker.draw.below(2_000), TimeUnit.MICROSECONDS);
        } else if (worker.draw.oneIn(8)) {
            // A dependent that throws, on whatever thread.
            var unused = future.thenRun(Asyncs::fail);
        }
    }

    private static void fail() {
        throw new Operation.Planned();
    }

    private static void send(Worker worker) {
        AsyncSocket async = async(worker);
        switch (worker.draw.below(6)) {
            case 0 -> known(worker, async.send(worker.multipart()));
            case 1 -> known(worker, async.send(worker.multipart(), worker.draw.wait0()));
            case 2 -> known(worker, async.send(worker.filled(), worker.draw.wait0()));
            case 3 -> known(worker, async.send(worker.draw.bytes(worker.draw.size())));
            case 4 -> {
                Message message = worker.filled();
                known(worker, async.send(message));
                known(worker, async.send(message));
            }
            default -> known(worker, async.send(worker.filled()));
        }
    }

    private static void nothing(Worker worker) {
        AsyncSocket async = async(worker);
        switch (worker.draw.below(4)) {
            case 0 -> known(worker, async.send((Message) null));
            case 1 -> known(worker, async.send((Multipart) null));
            case 2 -> known(worker, async.send((String) null));
            default -> known(worker, async.receive(null));
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

    /** The loop's, used by others all the same. */
    private static void useSocket(Worker worker) {
        worker.put(worker.world.sockets, async(worker).socket());
    }
}

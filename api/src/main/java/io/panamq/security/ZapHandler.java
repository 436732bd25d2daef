// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import io.panamq.Context;
import io.panamq.Multipart;
import io.panamq.RouterSocket;
import io.panamq.error.Errno;
import io.panamq.error.UnreachablePeerException;
import io.panamq.error.ZmqException;
import io.panamq.loop.EventLoop;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The thread and the socket of an authenticator. Each request gets exactly one reply, whatever is
 * in it and whatever a callback does: the peer would wait for one that is missing.
 */
final class ZapHandler {
    private static final String ENDPOINT = "inproc://zeromq.zap.01";
    private static final Duration DRAIN = Duration.ofSeconds(1);
    private static final System.Logger LOGGER = System.getLogger(ZapAuthenticator.class.getName());

    private final RouterSocket router;
    private final EventLoop loop;
    private final ZapPolicy policy;
    private final @Nullable Executor executor;
    private volatile boolean closed;

    private ZapHandler(
            Context context, RouterSocket router, ZapPolicy policy, @Nullable Executor executor) {
        this.router = router;
        this.policy = policy;
        this.executor = executor;
        this.loop =
                EventLoop.builder(context)
                        .name("panamq-zap")
                        .drainTimeout(DRAIN)
                        .onFailure(failure -> log("a request was not answered", failure))
                        .start();
    }

    static ZapHandler start(Context context, ZapPolicy policy, @Nullable Executor executor) {
        RouterSocket router = context.router();
        boolean started = false;
        try {
            bind(router);
            router.handOver();
            var handler = new ZapHandler(context, router, policy, executor);
            handler.loop.execute(() -> handler.loop.onMultipart(router, handler::handle));
            started = true;
            return handler;
        } finally {
            if (!started) {
                router.close();
            }
        }
    }

    private static void bind(RouterSocket router) {
        try {
            router.bind(ENDPOINT);
        } catch (ZmqException e) {
            if (e.errno() != Errno.EADDRINUSE) {
                throw e;
            }
            throw new IllegalStateException(
                    "the context has an authenticator already ("
                            + ENDPOINT
                            + " is bound): a context has one, so close the other one first, or give"
                            + " it these rules",
                    e);
        }
    }

    boolean isClosed() {
        return router.isClosed();
    }

    void close() {
        closed = true;
        try {
            // A closed socket keeps its name for a moment, which would keep out the next one.
            loop.execute(() -> router.unbind(ENDPOINT));
        } catch (RejectedExecutionException e) {
            // The loop has ended, or ends now, and closes the socket.
        }
        loop.close();
        router.close();
        if (loop.isStopped()) {
            policy.destroy();
        }
    }

    // ---- on the thread of the loop

    private void handle(Multipart frames) {
        Exchange exchange = new Exchange(frames);
        try {
            ZapReply malformed = ZapCodec.check(frames);
            if (malformed == null) {
                exchange.request = ZapCodec.read(frames);
                decide(exchange);
            } else {
                exchange.reply(malformed);
            }
        } catch (Throwable e) {
            log("a request could not be answered, and its peer is refused", e);
            exchange.reply(ZapReply.fail("it could not be answered"));
        }
    }

    private void decide(Exchange exchange) {
        ZapRequest request = exchange.request;
        if (request == null) {
            exchange.reply(ZapReply.refuse("its credentials are malformed"));
            return;
        }
        ZapReply reply = policy.decide(request);
        Function<? super ZapRequest, ZapReply> callback = policy.callback(request);
        if (reply != null) {
            exchange.reply(reply);
        } else if (callback == null) {
            exchange.reply(ZapReply.refuse("no rule lets it in"));
        } else if (executor == null) {
            exchange.reply(call(callback, request));
        } else {
            callElsewhere(executor, callback, request, exchange);
        }
    }

    private void callElsewhere(
            Executor elsewhere,
            Function<? super ZapRequest, ZapReply> callback,
            ZapRequest request,
            Exchange exchange) {
        try {
            elsewhere.execute(
                    () -> {
                        ZapReply reply = call(callback, request);
                        replyOnLoop(exchange, reply);
                    });
        } catch (RejectedExecutionException e) {
            exchange.reply(ZapReply.tryLater("the executor refused the callback"));
        }
    }

    private void replyOnLoop(Exchange exchange, ZapReply reply) {
        try {
            loop.execute(() -> exchange.reply(reply));
        } catch (RejectedExecutionException e) {
            // The authenticator has ended meanwhile, and so nobody is let in.
        }
    }

    private static ZapReply call(
            Function<? super ZapRequest, ZapReply> callback, ZapRequest request) {
        try {
            return Objects.requireNonNull(callback.apply(request), "the callback returned null");
        } catch (Throwable e) {
            log("a callback failed, and its peer is refused", e);
            return ZapReply.fail("the callback failed");
        }
    }

    private static void log(String what, Throwable failure) {
        LOGGER.log(System.Logger.Level.ERROR, what, failure);
    }

    /** A request and its only reply. It is used on the thread of the loop. */
    private final class Exchange {
        private final byte[] routingId;
        private final byte[] requestId;
        @Nullable ZapRequest request;
        private boolean answered;

        Exchange(Multipart frames) {
            routingId = ZapCodec.routingId(frames);
            requestId = ZapCodec.requestId(frames);
        }

        /**
         * Sends the reply, unless one was sent: an executor may throw after it ran the callback.
         * Never waits for who asked: it may be gone, or not read.
         */
        void reply(ZapReply decision) {
            if (answered) {
                return;
            }
            answered = true;
            ZapReply reply =
                    closed && decision.status() == ZapReply.Status.ACCEPTED
                            ? ZapReply.tryLater("the authenticator is closed")
                            : decision;
            if (reply.status() != ZapReply.Status.ACCEPTED
                    && LOGGER.isLoggable(System.Logger.Level.DEBUG)) {
                LOGGER.log(System.Logger.Level.DEBUG, describe(reply));
            }
            try (Multipart frames = ZapCodec.write(routingId, requestId, reply)) {
                if (!router.trySend(frames)) {
                    LOGGER.log(
                            System.Logger.Level.DEBUG,
                            "a reply was dropped, since who asked does not read its replies");
                }
            } catch (UnreachablePeerException e) {
                LOGGER.log(System.Logger.Level.DEBUG, "a peer went before it had its reply");
            }
        }

        /** Never names a user or a key: a peer may have typed a password there. */
        private String describe(ZapReply reply) {
            String result = " gets " + reply.status().code() + ": " + reply.reason();
            if (request == null) {
                return "a peer" + result;
            }
            return "a peer at "
                    + request.address()
                    + " with "
                    + request.credentials().mechanism()
                    + " for the domain '"
                    + request.domain()
                    + "'"
                    + result;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.ReceivingSocket;
import io.panamq.SendingSocket;
import io.panamq.Socket;
import io.panamq.SocketOption;
import java.time.Duration;

/** PanaMQ by its public API. */
final class PanaKit implements Kit {
    private final Context context;
    private final int size;
    private final boolean batches;

    PanaKit(Params params) {
        var builder = Context.builder().linger(Duration.ZERO).ioThreads(params.ioThreads());
        if (params.batch() > 0) {
            builder.batchSize(params.batch());
        }
        context = builder.build();
        size = params.size();
        batches = params.contender().equals("panamq-batch");
    }

    @Override
    public Port open(Kind kind, String endpoint) {
        Socket socket = create(kind);
        String bound = endpoint;
        if (kind.binds()) {
            bound = socket.bind(endpoint);
        } else {
            socket.connect(endpoint);
        }
        return batches
                ? new PanaBatchPort(socket, bound, size)
                : new PanaPort(socket, bound, kind == Kind.ROUTER, size);
    }

    private Socket create(Kind kind) {
        return switch (kind) {
            case PUSH -> context.push();
            case PULL -> context.pull();
            case DEALER -> context.dealer();
            case ROUTER -> context.router();
            case REQ -> context.req();
            case XPUB -> {
                var publisher = context.xpub();
                publisher.set(SocketOption.XPUB_VERBOSE, true);
                publisher.set(SocketOption.XPUB_NODROP, true);
                yield publisher;
            }
            case SUB -> {
                var subscriber = context.sub();
                subscriber.subscribeAll();
                yield subscriber;
            }
            case REP -> {
                var replier = context.rep();
                replier.set(SocketOption.RCVTIMEO, PanaPort.DRAIN);
                yield replier;
            }
        };
    }

    @Override
    public void close() {
        context.close();
    }

    private static final class PanaPort extends Port {
        private static final Duration DRAIN = Duration.ofMillis(DRAIN_MILLIS);

        private final Socket socket;
        private final SendingSocket sender;
        private final ReceivingSocket receiver;
        private final String endpoint;
        private final boolean router;
        private final int size;
        private final Message out = Message.create();
        private final Message in = Message.create();

        PanaPort(Socket socket, String endpoint, boolean router, int size) {
            this.socket = socket;
            // SUB and PULL never send and PUSH never receives, so the null is not used.
            this.sender = socket instanceof SendingSocket s ? s : null;
            this.receiver = socket instanceof ReceivingSocket r ? r : null;
            this.endpoint = endpoint;
            this.router = router;
            this.size = size;
        }

        @Override
        String endpoint() {
            return endpoint;
        }

        @Override
        void send(long counter) {
            out.prepare(size).setLong(0, counter);
            sender.send(out);
        }

        @Override
        long receive() {
            if (router) { // the routing id comes first
                receiver.receive(in);
            }
            receiver.receive(in);
            requireSize(in.size(), size);
            return in.getLong(0);
        }

        @Override
        boolean drain() {
            return receiver.receive(in, DRAIN);
        }

        @Override
        void echo() {
            if (receiver.receive(in)) {
                sender.send(in);
            }
        }

        @Override
        void awaitSubscriptions(int count) {
            for (int i = 0; i < count; i++) {
                receiver.receive(in);
            }
        }

        @Override
        public void close() {
            out.close();
            in.close();
            socket.close();
        }
    }
}

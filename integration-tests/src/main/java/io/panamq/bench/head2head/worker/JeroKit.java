// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** JeroMQ as its users write it: with arrays, which belong to JeroMQ once they are sent. */
final class JeroKit implements Kit {
    private static final VarHandle COUNTER =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ZContext context;
    private final int size;

    JeroKit(Params params) {
        context = new ZContext(params.ioThreads());
        context.setLinger(0);
        size = params.size();
    }

    @Override
    public Port open(Kind kind, String endpoint) throws IOException {
        ZMQ.Socket socket = context.createSocket(type(kind));
        socket.setLinger(0);
        if (kind == Kind.XPUB) {
            socket.setXpubVerbose(true);
            socket.setXpubNoDrop(true);
        } else if (kind == Kind.SUB) {
            socket.subscribe(new byte[0]);
        } else if (kind == Kind.REP) {
            socket.setReceiveTimeOut(Port.DRAIN_MILLIS);
        }
        if (!kind.binds()) {
            socket.connect(endpoint);
        } else if (socket.bind(endpoint)) {
            requireFile(endpoint);
        } else {
            throw new IllegalStateException("bind failed: " + ZMQ.Error.findByCode(socket.errno()));
        }
        return new JeroPort(socket, kind == Kind.ROUTER, size);
    }

    /** Fails without a file: then it is not the ipc that other implementations speak. */
    private static void requireFile(String endpoint) {
        String ipc = "ipc://";
        if (endpoint.startsWith(ipc) && !Files.exists(Path.of(endpoint.substring(ipc.length())))) {
            throw new IllegalStateException(Worker.NOT_AVAILABLE + "its ipc is no Unix socket");
        }
    }

    private static SocketType type(Kind kind) {
        return SocketType.valueOf(kind.name());
    }

    @Override
    public void close() {
        context.close();
    }

    private static final class JeroPort extends Port {
        private final ZMQ.Socket socket;
        private final boolean router;
        private final int size;

        JeroPort(ZMQ.Socket socket, boolean router, int size) {
            this.socket = socket;
            this.router = router;
            this.size = size;
        }

        @Override
        String endpoint() {
            return socket.getLastEndpoint();
        }

        @Override
        void send(long counter) {
            byte[] message = new byte[size];
            COUNTER.set(message, 0, counter);
            if (!socket.send(message)) {
                throw failure("send");
            }
        }

        @Override
        long receive() {
            if (router && socket.recv() == null) { // the routing id comes first
                throw failure("recv");
            }
            byte[] message = socket.recv();
            if (message == null) {
                throw failure("recv");
            }
            requireSize(message.length, size);
            return (long) COUNTER.get(message, 0);
        }

        @Override
        boolean drain() {
            socket.setReceiveTimeOut(DRAIN_MILLIS);
            return socket.recv() != null;
        }

        @Override
        void echo() {
            byte[] message = socket.recv();
            if (message != null && !socket.send(message)) {
                throw failure("send");
            }
        }

        @Override
        void awaitSubscriptions(int count) {
            for (int i = 0; i < count; i++) {
                if (socket.recv() == null) {
                    throw failure("recv");
                }
            }
        }

        private IllegalStateException failure(String operation) {
            return new IllegalStateException(
                    operation + " failed: " + ZMQ.Error.findByCode(socket.errno()));
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}

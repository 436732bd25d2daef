// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Capability;
import io.panamq.Context;
import io.panamq.DishSocket;
import io.panamq.Receiver;
import io.panamq.Sender;
import io.panamq.Socket;
import io.panamq.SocketPair;
import io.panamq.SocketType;
import io.panamq.SubSocket;
import io.panamq.XSubSocket;
import io.panamq.Zmq;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** Opens sockets, connects them as intended, hands them over, and closes them on any thread. */
final class Sockets {
    /** Whether there are draft types, which come last. */
    static final boolean DRAFTS = Zmq.has(Capability.DRAFT);

    static final List<SocketType> TYPES =
            Arrays.stream(SocketType.values()).limit(DRAFTS ? 21 : 12).toList();
    static final List<SocketType> SENDERS =
            without(SocketType.PULL, SocketType.SUB, SocketType.DISH, SocketType.GATHER);
    static final List<SocketType> RECEIVERS =
            without(SocketType.PUSH, SocketType.PUB, SocketType.RADIO, SocketType.SCATTER);

    static final List<Operation> ALL =
            List.of(
                    Operation.legal("socket-open", 10, Sockets::open),
                    Operation.legal("pipe", 3, Sockets::pipe),
                    Operation.legal("socket-close", 20, worker -> worker.socket().close()),
                    Operation.legal("socket-release", 20, worker -> worker.socket().handOver()),
                    Operation.legal("socket-cancel", 4, worker -> worker.socket().cancel()),
                    Operation.legal("socket-ask", 5, Sockets::ask));

    /** Pairs of the type that binds and the type that connects. */
    private static final SocketType[][] PATTERNS = {
        {SocketType.PAIR, SocketType.PAIR},
        {SocketType.PUB, SocketType.SUB},
        {SocketType.XPUB, SocketType.SUB},
        {SocketType.XPUB, SocketType.XSUB},
        {SocketType.PUB, SocketType.XSUB},
        {SocketType.REP, SocketType.REQ},
        {SocketType.ROUTER, SocketType.REQ},
        {SocketType.REP, SocketType.DEALER},
        {SocketType.ROUTER, SocketType.DEALER},
        {SocketType.DEALER, SocketType.DEALER},
        {SocketType.ROUTER, SocketType.ROUTER},
        {SocketType.PULL, SocketType.PUSH},
        {SocketType.PULL, SocketType.PUSH},
        {SocketType.STREAM, SocketType.STREAM},
        {SocketType.SERVER, SocketType.CLIENT},
        {SocketType.RADIO, SocketType.DISH},
        {SocketType.GATHER, SocketType.SCATTER},
        {SocketType.PEER, SocketType.PEER},
        {SocketType.CHANNEL, SocketType.CHANNEL},
    };

    /** How many of them need no drafts. */
    private static final int STABLE = 14;

    private Sockets() {}

    private static List<SocketType> without(SocketType... types) {
        EnumSet<SocketType> set = EnumSet.copyOf(TYPES);
        set.removeAll(List.of(types));
        return List.copyOf(set);
    }

    static Socket open(Worker worker) {
        return open(worker, worker.draw.of(TYPES));
    }

    static Socket open(Worker worker, SocketType type) {
        Context context = worker.context();
        Socket socket = worker.draw.oneIn(4) ? context.socket(type) : make(context, type);
        worker.put(worker.world.sockets, socket);
        return socket;
    }

    private static void pipe(Worker worker) {
        SocketPair pipe = worker.context().pipe();
        worker.put(worker.world.sockets, pipe.first());
        worker.put(worker.world.sockets, pipe.second());
        if (worker.draw.oneIn(4)) {
            pipe.close();
        }
    }

    private static Socket make(Context context, SocketType type) {
        return switch (type) {
            case PAIR -> context.pair();
            case PUB -> context.pub();
            case SUB -> context.sub();
            case XPUB -> context.xpub();
            case XSUB -> context.xsub();
            case REQ -> context.req();
            case REP -> context.rep();
            case DEALER -> context.dealer();
            case ROUTER -> context.router();
            case PUSH -> context.push();
            case PULL -> context.pull();
            case STREAM -> context.stream();
            case SERVER -> context.server();
            case CLIENT -> context.client();
            case RADIO -> context.radio();
            case DISH -> context.dish();
            case GATHER -> context.gather();
            case SCATTER -> context.scatter();
            case DGRAM -> context.datagram();
            case PEER -> context.peer();
            case CHANNEL -> context.channel();
        };
    }

    /** Opens two sockets of one context that can talk, sometimes the other way round. */
    static void pair(Worker worker) {
        Socket[] both = pair(worker, worker.context());
        assert both.length == 2;
    }

    static Socket[] pair(Worker worker, Context context) {
        SocketType[] types = PATTERNS[worker.draw.below(DRAFTS ? PATTERNS.length : STABLE)];
        int first = worker.draw.below(2);
        Socket binder = make(context, types[first]);
        Socket connector = make(context, types[1 - first]);
        worker.put(worker.world.sockets, binder);
        worker.put(worker.world.sockets, connector);
        boolean stream = types[0] == SocketType.STREAM;
        String endpoint = binder.bind(stream ? Endpoints.tcp() : Endpoints.fresh(worker));
        worker.put(worker.world.endpoints, worker.note(endpoint));
        connector.connect(endpoint);
        subscribe(binder);
        subscribe(connector);
        return new Socket[] {binder, connector};
    }

    private static void subscribe(Socket socket) {
        if (socket instanceof SubSocket sub) {
            sub.subscribeAll();
        } else if (socket instanceof XSubSocket xsub) {
            xsub.subscribe("");
        } else if (socket instanceof DishSocket dish) {
            dish.join("");
        }
    }

    private static void ask(Worker worker) {
        Socket socket = worker.socket();
        boolean fits =
                (socket instanceof Sender) == SENDERS.contains(socket.type())
                        && (socket instanceof Receiver) == RECEIVERS.contains(socket.type());
        if (!fits || socket.toString().isEmpty() || socket.context() == null) {
            throw new AssertionError("what is " + socket);
        }
    }
}

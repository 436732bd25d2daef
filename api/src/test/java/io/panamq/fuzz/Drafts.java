// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.DishSocket;
import io.panamq.Message;
import io.panamq.PeerSocket;
import io.panamq.RadioSocket;
import io.panamq.ServerSocket;
import io.panamq.Socket;
import io.panamq.SocketType;
import java.util.List;

/** Uses what only draft types of sockets have: routing ids and groups of messages. */
final class Drafts {
    static final List<Operation> ALL =
            Sockets.DRAFTS
                    ? List.of(
                            Operation.legal("draft-server", 12, Drafts::server),
                            Operation.legal("draft-peer", 12, Drafts::peer),
                            Operation.legal("draft-connect-peer", 4, Drafts::connectPeer),
                            Operation.legal("draft-radio", 12, Drafts::radio),
                            Operation.legal("draft-dish", 12, Drafts::dish),
                            Operation.illegal("draft-null", 2, Drafts::passNull)
                                    .orThrow(NullPointerException.class))
                    : List.of();

    private static final List<String> GROUPS =
            List.of("", "a", "fourteen bytes", "more than fourteen bytes", "\0", "g".repeat(300));

    private Drafts() {}

    private static <T extends Socket> T socket(Worker worker, SocketType type, Class<T> face) {
        Socket socket = worker.pick(worker.world.sockets);
        return face.cast(face.isInstance(socket) ? socket : Sockets.open(worker, type));
    }

    /** Returns the routing id that a message has, or any. */
    private static int id(Worker worker, int known) {
        return worker.draw.oneIn(4) ? worker.draw.below(3) - 1 : known;
    }

    private static void server(Worker worker) {
        ServerSocket server = socket(worker, SocketType.SERVER, ServerSocket.class);
        Message message = worker.draw.coin() ? received(worker, server) : worker.filled();
        if (message == null) {
            return;
        }
        int known = server.routingId(message);
        switch (worker.draw.below(5)) {
            case 0 -> server.setRoutingId(message, id(worker, known));
            case 1 -> worker.note(server.send(message, id(worker, known), worker.draw.anyWait()));
            case 2 -> server.send(message);
            case 3 -> {
                worker.rescue().of(server);
                server.send(message, id(worker, known));
            }
            default -> worker.note(server.trySend(message, id(worker, known)));
        }
    }

    private static void peer(Worker worker) {
        PeerSocket peer = socket(worker, SocketType.PEER, PeerSocket.class);
        Message message = worker.draw.coin() ? received(worker, peer) : worker.filled();
        if (message == null) {
            return;
        }
        int known = peer.routingId(message);
        switch (worker.draw.below(5)) {
            case 0 -> peer.setRoutingId(message, id(worker, known));
            case 1 -> worker.note(peer.send(message, id(worker, known), worker.draw.anyWait()));
            case 2 -> peer.send(message);
            case 3 -> {
                worker.rescue().of(peer);
                peer.send(message, id(worker, known));
            }
            default -> worker.note(peer.trySend(message, id(worker, known)));
        }
    }

    /** Receives into a message of the world; returns null if nothing is there. */
    private static Message received(Worker worker, io.panamq.ReceivingSocket socket) {
        Message message = worker.filled();
        return socket.tryReceive(message) ? message : null;
    }

    private static void connectPeer(Worker worker) {
        PeerSocket peer = socket(worker, SocketType.PEER, PeerSocket.class);
        int id = peer.connectPeer(Endpoints.known(worker));
        worker.note(peer.trySend(worker.filled(), id));
    }

    private static void radio(Worker worker) {
        RadioSocket radio = socket(worker, SocketType.RADIO, RadioSocket.class);
        Message message = worker.filled();
        String group = worker.draw.of(GROUPS);
        switch (worker.draw.below(4)) {
            case 0 -> {
                radio.setGroup(message, group);
                radio.send(message);
            }
            case 1 -> worker.note(radio.send(group, message, worker.draw.anyWait()));
            case 2 -> radio.send(group, message);
            default -> worker.note(radio.trySend(group, message));
        }
    }

    private static void dish(Worker worker) {
        DishSocket dish = socket(worker, SocketType.DISH, DishSocket.class);
        switch (worker.draw.below(4)) {
            case 0 -> dish.join(worker.draw.of(GROUPS));
            case 1 -> dish.leave(worker.draw.of(GROUPS));
            case 2 -> worker.note(dish.group(worker.filled()));
            default -> {
                Message message = received(worker, dish);
                if (message != null) {
                    worker.note(dish.group(message));
                }
            }
        }
    }

    private static void passNull(Worker worker) {
        RadioSocket radio = socket(worker, SocketType.RADIO, RadioSocket.class);
        DishSocket dish = socket(worker, SocketType.DISH, DishSocket.class);
        switch (worker.draw.below(5)) {
            case 0 -> radio.send(null, worker.filled());
            case 1 -> radio.send("", (Message) null);
            case 2 -> dish.join(null);
            case 3 -> dish.leave(null);
            default -> worker.note(dish.group(null));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Capability;
import io.panamq.Endpoint;
import io.panamq.RouterSocket;
import io.panamq.Socket;
import io.panamq.Zmq;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Draws endpoints that are free, taken, gone or nonsense. Each address belongs to this machine and
 * this process alone, so that no other test finds a fuzzer where it expects its peer.
 */
final class Endpoints {
    private static final String HOST = host(ProcessHandle.current().pid());
    private static final boolean WS = Zmq.has(Capability.WS);

    static final List<Operation> ALL =
            List.of(
                    Operation.legal("bind", 15, Endpoints::bind),
                    Operation.legal("connect", 25, Endpoints::connect),
                    Operation.legal("connect-named", 6, Endpoints::connectNamed),
                    Operation.legal("endpoint-text", 2, Endpoints::text),
                    Operation.legal("unbind", 8, worker -> worker.socket().unbind(known(worker))),
                    Operation.legal(
                            "disconnect", 8, worker -> worker.socket().disconnect(known(worker))),
                    Operation.illegal("bind-invalid", 5, Endpoints::bindInvalid),
                    Operation.illegal("connect-invalid", 5, Endpoints::connectInvalid));

    private static final List<String> INVALID =
            List.of(
                    "",
                    ":",
                    "://",
                    "tcp",
                    "tcp://",
                    "tcp:///",
                    "tcp://:",
                    "tcp://" + HOST,
                    "tcp://" + HOST + ":",
                    "tcp://" + HOST + ":-1",
                    "tcp://" + HOST + ":65536",
                    "tcp://" + HOST + ":99999999999999999999",
                    "tcp://" + HOST + ":x",
                    "tcp://" + HOST + ":1;",
                    "tcp://;" + HOST + ":1",
                    "tcp://[::1",
                    "tcp://[::1]:*",
                    "tcp://" + HOST + ":1/path",
                    "tcp://" + "h".repeat(300) + ":1",
                    "tcp://" + HOST + ":" + "1".repeat(2000),
                    "ws://",
                    "ws://" + HOST + ":*/" + "p".repeat(900),
                    "ws://" + HOST + ":/",
                    "ipc://",
                    "ipc:///nowhere/at/all",
                    "ipc://" + "p".repeat(200),
                    "ipc://@",
                    "inproc://",
                    "inproc://" + "n".repeat(300),
                    "inproc://a\0b",
                    "inproc://zeromq.zap.01",
                    "udp://" + HOST + ":1",
                    "pgm://lo;239.0.0.1:5555",
                    "tipc://{5560,0,0}",
                    "vmci://1:2",
                    "foo://bar",
                    "\u00e4\u20ac://\uD800");

    private Endpoints() {}

    private static String host(long pid) {
        return "127.77." + (pid >> 7 & 0xff) + "." + (1 + (pid & 0x7f));
    }

    static String tcp() {
        return "tcp://" + HOST + ":*";
    }

    /**
     * Returns an endpoint to bind: mostly a free one, sometimes one of a few names that collide.
     */
    static String fresh(Worker worker) {
        Draw draw = worker.draw;
        int few = draw.below(5);
        return switch (draw.below(WS ? 10 : 9)) {
            case 0, 1, 2 -> "inproc://fuzz-" + (draw.oneIn(4) ? few : draw.any());
            case 3, 4 -> "ipc://" + worker.world.folder.resolve("i" + few);
            case 5 -> "ipc://@panamq-" + HOST + "-" + few;
            case 9 -> "ws://" + HOST + ":*";
            default -> tcp();
        };
    }

    /** Returns an endpoint that was bound before, or a fresh one. */
    static String known(Worker worker) {
        String endpoint = worker.pick(worker.world.endpoints);
        return worker.note(endpoint == null || worker.draw.oneIn(6) ? fresh(worker) : endpoint);
    }

    private static void bind(Worker worker) {
        Socket socket = worker.socket();
        String endpoint = worker.draw.oneIn(5) ? known(worker) : fresh(worker);
        worker.put(worker.world.endpoints, socket.bind(worker.note(endpoint)));
    }

    private static void connect(Worker worker) {
        worker.socket().connect(known(worker));
    }

    private static void connectNamed(Worker worker) {
        byte[] id = worker.draw.bytes(worker.draw.oneIn(4) ? worker.draw.below(300) : 2);
        Socket socket = worker.socket();
        if (!(socket instanceof RouterSocket)) {
            socket = Sockets.open(worker, io.panamq.SocketType.ROUTER);
        }
        RouterSocket router = (RouterSocket) socket;
        String text = new String(id, StandardCharsets.ISO_8859_1);
        switch (worker.draw.below(4)) {
            case 0 -> router.connect(known(worker), id);
            case 1 -> router.connect(known(worker), text);
            case 2 -> worker.note(router.hasRoom(id));
            default -> worker.note(router.hasRoom(text));
        }
    }

    private static void text(Worker worker) {
        Draw draw = worker.draw;
        String any = worker.note(draw.coin() ? draw.of(INVALID) : known(worker));
        worker.note(
                switch (draw.below(5)) {
                    case 0 -> Endpoint.host(any);
                    case 1 -> Endpoint.port(any);
                    case 2 -> Endpoint.tcp(any, draw.below(70_000) - 1);
                    case 3 -> Endpoint.inproc(any);
                    default -> Endpoint.ipc(worker.world.folder);
                });
    }

    private static void bindInvalid(Worker worker) {
        worker.socket().bind(worker.note(worker.draw.of(INVALID)));
    }

    private static void connectInvalid(Worker worker) {
        worker.socket().connect(worker.note(worker.draw.of(INVALID)));
    }
}

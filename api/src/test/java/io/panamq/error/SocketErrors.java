// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

import io.panamq.Capability;
import io.panamq.Context;
import io.panamq.Curve;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.PairSocket;
import io.panamq.Poller;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.Zmq;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import java.util.List;
import org.assertj.core.api.Assertions;

/** The errors of all calls but those with endpoints. */
final class SocketErrors {
    private static final Class<? extends ZmqException> PLAIN = ZmqException.class;
    private static final Class<? extends ZmqException> TERMINATED =
            ContextTerminatedException.class;
    private static final Class<? extends ZmqException> CLOSED = SocketClosedException.class;
    private static final Class<? extends ZmqException> STATE = ProtocolStateException.class;
    private static final Class<? extends ZmqException> NO_PEER = UnreachablePeerException.class;

    private SocketErrors() {}

    static List<ErrnoCase> cases() {
        return List.of(
                new ErrnoCase(
                        "an option that libzmq does not have",
                        Errno.EINVAL,
                        PLAIN,
                        "set",
                        "option 9999 on PAIR#1",
                        "libzmq refuses the value, or does not have the option",
                        (context, folder) -> context.pair().set(SocketOption.ofInt(9999), 1)),
                new ErrnoCase(
                        "an option that was not compiled in",
                        Errno.ENOTSUP,
                        UnsupportedFeatureException.class,
                        "set",
                        "ZMQ_GSSAPI_SERVER on PAIR#1",
                        "was built without gssapi",
                        (context, folder) -> context.pair().set(SocketOption.GSSAPI_SERVER, true),
                        () -> !Zmq.has(Capability.GSSAPI)),
                new ErrnoCase(
                        "send after shutdown",
                        Errno.ETERM,
                        TERMINATED,
                        "send",
                        "PAIR#1",
                        "close the socket",
                        (context, folder) -> {
                            PairSocket pair = context.pair();
                            context.shutdown();
                            pair.send("late");
                        }),
                new ErrnoCase(
                        "a socket of a closed context",
                        Errno.ETERM,
                        TERMINATED,
                        "creating a PAIR socket",
                        "a context",
                        "create another one",
                        (context, folder) -> {
                            Context closed = Context.create();
                            closed.close();
                            closed.pair();
                        }),
                new ErrnoCase(
                        "receive from a closed socket",
                        Errno.ENOTSOCK,
                        CLOSED,
                        "receive",
                        "PAIR#1",
                        "create another one from the context",
                        (context, folder) -> {
                            PairSocket pair = context.pair();
                            pair.close();
                            ignore(pair.receive());
                        }),
                new ErrnoCase(
                        "a closed poller",
                        Errno.ENOTSOCK,
                        CLOSED,
                        "poll",
                        "Poller",
                        "create another one from the context",
                        (context, folder) -> {
                            Poller poller = context.poller();
                            poller.close();
                            Assertions.assertThat(poller.tryPoll()).isZero();
                        }),
                new ErrnoCase(
                        "more sockets than allowed",
                        Errno.EMFILE,
                        PLAIN,
                        "creating a PAIR socket",
                        "a context",
                        "maxSockets",
                        (context, folder) -> {
                            try (Context small = Context.builder().maxSockets(1).build()) {
                                small.pair();
                                small.pair();
                            }
                        }),
                new ErrnoCase(
                        "a message larger than the memory",
                        Errno.ENOMEM,
                        PLAIN,
                        "allocating 1152921504606846976 bytes",
                        "a message",
                        "use a smaller",
                        (context, folder) -> Message.allocate(1L << 60).close()),
                new ErrnoCase(
                        "a wait that is interrupted",
                        Errno.EINTR,
                        OperationInterruptedException.class,
                        "receive",
                        "PAIR#1",
                        "waiting again is possible",
                        (context, folder) -> {
                            Thread.currentThread().interrupt();
                            try {
                                ignore(context.pair().receive());
                            } finally {
                                Assertions.assertThat(Thread.interrupted()).isTrue();
                            }
                        }),
                new ErrnoCase(
                        "a wait that is cancelled",
                        Errno.EINTR,
                        OperationCancelledException.class,
                        "receive",
                        "PAIR#1",
                        "waiting again is possible",
                        (context, folder) -> {
                            PairSocket pair = context.pair();
                            pair.cancel();
                            ignore(pair.receive());
                        }),
                new ErrnoCase(
                        "REQ receives first",
                        Errno.EFSM,
                        STATE,
                        "receive",
                        "REQ#1",
                        "sends a request first",
                        (context, folder) -> ignore(context.req().receive())),
                new ErrnoCase(
                        "REQ sends twice",
                        Errno.EFSM,
                        STATE,
                        "send",
                        "REQ#2",
                        "receive the reply",
                        (context, folder) -> {
                            RepSocket rep = context.rep();
                            ReqSocket req = context.req();
                            req.connect(rep.bind(Transport.INPROC.fresh()));
                            req.send("first");
                            req.send("second");
                        }),
                new ErrnoCase(
                        "REP sends first",
                        Errno.EFSM,
                        STATE,
                        "send",
                        "REP#1",
                        "receive a whole request",
                        (context, folder) -> context.rep().send("reply")),
                new ErrnoCase(
                        "ROUTER sends to nobody",
                        Errno.EHOSTUNREACH,
                        NO_PEER,
                        "send",
                        "ROUTER#1",
                        "no peer has this routing id (first frame)",
                        (context, folder) -> context.router().send(Multipart.of("no", "x"))),
                new ErrnoCase(
                        "STREAM sends to nobody",
                        Errno.EHOSTUNREACH,
                        NO_PEER,
                        "send",
                        "STREAM#1",
                        "no peer has this routing id",
                        (context, folder) ->
                                context.stream().send(Multipart.of(new byte[5], new byte[1]))),
                new ErrnoCase(
                        "SERVER sends to nobody",
                        Errno.EHOSTUNREACH,
                        NO_PEER,
                        "send",
                        "SERVER#1",
                        "setRoutingId",
                        (context, folder) -> {
                            var server = context.server();
                            Message message = Message.of("x");
                            server.setRoutingId(message, 7);
                            server.send(message);
                        },
                        () -> Zmq.has(Capability.DRAFT)),
                new ErrnoCase(
                        "a server that wants CURVE",
                        Errno.ECONNREFUSED,
                        HandshakeRefusedException.class,
                        "awaitConnected",
                        "Monitor#3 of PUSH#2",
                        "mechanisms",
                        (context, folder) -> connectWithoutKey(context),
                        () -> Zmq.has(Capability.CURVE)));
    }

    private static void connectWithoutKey(Context context) {
        PullSocket server = context.pull();
        server.security().curveServer(Curve.keyPair());
        PushSocket client = context.push();
        String endpoint = server.bind(Transport.TCP.fresh());
        SocketMonitor monitor = client.monitor();
        client.connect(endpoint);
        Assertions.assertThat(monitor.awaitConnected(Deadline.LIMIT)).isTrue();
    }

    private static void ignore(Message message) {
        message.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.error;

import io.panamq.bindings.calls.ErrorCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.Errno;
import io.panamq.error.HandshakeRefusedException;
import io.panamq.error.OperationCancelledException;
import io.panamq.error.OperationInterruptedException;
import io.panamq.error.ProtocolStateException;
import io.panamq.error.SocketClosedException;
import io.panamq.error.UnreachablePeerException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;

/** Makes the exception that explains the result of a failed call. It is not for the hot path. */
public final class Failures {
    private Failures() {}

    /**
     * Explains the result of a call without an endpoint.
     *
     * @param result the negated error number
     * @param subject the name of the socket or context
     */
    public static ZmqException of(int result, String operation, String subject) {
        return of(result, operation, "", subject);
    }

    /** Explains an error that was found before a call was made. */
    public static ZmqException of(Errno errno, String operation, String subject) {
        return of(-errno.number(), operation, "", subject);
    }

    /**
     * Explains the result of a call.
     *
     * @param result the negated error number
     * @param endpoint the endpoint of the call; empty if it has none
     * @param subject the name of the socket or context
     */
    public static ZmqException of(int result, String operation, String endpoint, String subject) {
        int number = -result;
        Errno errno = Errno.of(number);
        String what = operation + (endpoint.isEmpty() ? "" : " " + endpoint) + " on " + subject;
        String advice = advice(errno, number, operation, endpoint, subject);
        String text = what + " failed: " + errno + ", " + advice;
        return switch (errno) {
            case ETERM -> new ContextTerminatedException(operation, endpoint, text);
            case ENOTSOCK -> new SocketClosedException(operation, endpoint, text);
            case EINTR -> new OperationInterruptedException(operation, endpoint, text);
            case EHOSTUNREACH -> new UnreachablePeerException(operation, endpoint, text);
            case EFSM -> new ProtocolStateException(operation, endpoint, text);
            case ENOTSUP, EPROTONOSUPPORT, ENOCOMPATPROTO, EAFNOSUPPORT ->
                    new UnsupportedFeatureException(errno, operation, endpoint, text);
            default -> new ZmqException(number, operation, endpoint, text);
        };
    }

    public static SocketClosedException closed(String operation, String subject) {
        String text = ": it is closed; create another one from the context";
        return new SocketClosedException(operation, "", operation + " on " + subject + text);
    }

    public static ContextTerminatedException terminated(String operation, String subject) {
        String text = ": the context is closed; create another one";
        return new ContextTerminatedException(operation, "", operation + " on " + subject + text);
    }

    public static OperationInterruptedException interrupted(String operation, String subject) {
        String text =
                ": the waiting thread was interrupted; its flag is still set, and waiting again is"
                        + " possible";
        return new OperationInterruptedException(
                operation, "", operation + " on " + subject + text);
    }

    /** Says that a peer, which was reached, did not accept the connection. */
    public static HandshakeRefusedException refused(
            String operation, String endpoint, String subject, String reason) {
        String what = operation + " on " + subject + ": " + endpoint + " refused the handshake: ";
        return new HandshakeRefusedException(operation, endpoint, what + reason);
    }

    public static OperationCancelledException cancelled(String operation, String subject) {
        String text = ": cancelled; waiting again is possible";
        return new OperationCancelledException(operation, "", operation + " on " + subject + text);
    }

    private static String advice(
            Errno errno, int number, String operation, String endpoint, String subject) {
        return switch (errno) {
            case EADDRINUSE -> EndpointAdvice.taken(endpoint);
            case EADDRNOTAVAIL -> "the address is not one of this machine: use * or a local one";
            case ENODEV ->
                    "no such interface: bind to *, a numeric address or an interface name (host"
                            + " names are for connect only; IPv6 needs the option ZMQ_IPV6)";
            case EINVAL -> invalid(operation, endpoint);
            case EPROTONOSUPPORT -> EndpointAdvice.unknown(endpoint);
            case ENOCOMPATPROTO -> EndpointAdvice.unfit(endpoint);
            case EAFNOSUPPORT ->
                    "the kernel lacks this address family: load its module, or use another"
                            + " transport";
            case ENAMETOOLONG -> "an ipc path has room for about 100 bytes: use a shorter one";
            case EACCES, EPERM -> EndpointAdvice.forbidden(endpoint);
            case ENOENT ->
                    operation.equals("bind") || operation.equals("connect")
                            ? "the folder of the ipc path does not exist: create it first"
                            : "the endpoint is not in use: give the string that bind returned or"
                                    + " that was connected";
            case ENOTDIR -> "a part of the ipc path is a file and not a folder: use another path";
            case EMFILE ->
                    "too many sockets, files, or connections to inproc names that nobody has"
                            + " bound: close some, raise Context.builder().maxSockets or the limit"
                            + " of open files";
            case EMTHREAD ->
                    "no I/O thread serves it: build the context with ioThreads(1) or more, and let"
                            + " SocketOption.AFFINITY name one of them";
            case ENOMEM -> "out of memory: use a smaller message, or let the process have more";
            case ETERM -> "the context was shut down: close the socket";
            case EHOSTUNREACH ->
                    subject.startsWith("SERVER") || subject.startsWith("PEER")
                            ? "no peer has the id that setRoutingId gave the message, which is"
                                    + " still yours"
                            : "no peer has this routing id (first frame); the message is still"
                                    + " yours";
            case EFSM ->
                    operation.startsWith("receive")
                            ? "it is this socket's turn to send: "
                                    + (subject.startsWith("REQ")
                                            ? "a REQ socket sends a request first"
                                            : "send the reply to the last request first")
                            : "it is this socket's turn to receive: "
                                    + (subject.startsWith("REQ")
                                            ? "receive the reply to the last request first; if it is lost,"
                                                    + " request(content, retries) asks again, or set"
                                                    + " SocketOption.REQ_RELAXED and REQ_CORRELATE"
                                                    + " before"
                                            : "receive a whole request first");
            case ENOTSUP -> "this socket type, system or build of libzmq does not offer it";
            case EAGAIN -> {
                String advice = EndpointAdvice.unexplained(endpoint);
                yield advice.isEmpty() ? text(number) : advice;
            }
            default -> text(number);
        };
    }

    private static String invalid(String operation, String endpoint) {
        return switch (operation) {
            case "bind", "connect", "unbind", "disconnect" ->
                    EndpointAdvice.malformed(operation, endpoint);
            case "set", "get" ->
                    "the option does not exist in this libzmq, not for this socket type, or the"
                            + " value is out of range";
            default -> "bad argument";
        };
    }

    private static String text(int number) {
        String text = NativeMemory.string(ErrorCalls.text(number));
        return "error " + number + (text == null ? "" : ": " + text);
    }
}

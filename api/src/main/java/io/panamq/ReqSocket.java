// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static io.panamq.bindings.calls.Constants.REQ_CORRELATE;
import static io.panamq.bindings.calls.Constants.REQ_RELAXED;

import com.google.errorprone.annotations.CheckReturnValue;
import io.panamq.error.ProtocolStateException;
import io.panamq.internal.socket.CallDeadline;
import io.panamq.internal.socket.SocketTraits;
import io.panamq.internal.socket.Timeout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request and receives its reply, in turns: the simplest client.
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="req"}
 *
 * <p><strong>Peers.</strong> REP and ROUTER sockets. If there are several, each request goes to the
 * next one.
 *
 * <p><strong>Turns.</strong> A second send before the reply, or a receive before the send, throws
 * {@link ProtocolStateException} (EFSM). If a request or reply is lost, the socket waits for that
 * reply for ever.
 *
 * <p><strong>Retries.</strong> The methods named {@code request} send, wait for the reply, and send
 * again if none comes in time, as often as they are told:
 *
 * {@snippet class="io.panamq.snippets.PatternSnippets" region="request"}
 *
 * <p>They never return the reply to an earlier request or attempt, however late it comes. For that
 * they set {@link SocketOption#REQ_RELAXED} and {@link SocketOption#REQ_CORRELATE}, which stay set:
 * then a send before the reply gives that reply up. A server may get a request more than once. A
 * ROUTER must send all frames up to the empty one back, as a REP does.
 *
 * <p>While the server of an endpoint is not there, attempts are queued for it, and it gets all of
 * them when it comes. With {@link SocketOption#IMMEDIATE}, set before connect, it gets the last one
 * only.
 *
 * <p><strong>Full queue.</strong> A send waits while there is no peer, and {@code trySend} returns
 * false. Nothing is dropped here; what was sent to a peer that dies is lost.
 *
 * <p>C socket type: {@code ZMQ_REQ}.
 */
public final class ReqSocket extends BaseSocket implements SendingSocket, ReceivingSocket {
    private static final String REQUEST = "request";

    ReqSocket(Context context) {
        super(context, SocketTraits.REQ);
    }

    /**
     * Sends a text as UTF-8 and waits up to a time for its reply, see {@link #request(String,
     * RetryPolicy)}.
     *
     * @param request the text
     * @param timeout how long to wait at most, for room and for the reply; 0 does not wait
     * @return the reply, decoded from UTF-8; empty if there is none in time
     */
    @CheckReturnValue
    public Optional<String> request(String request, Duration timeout) {
        return request(request, new RetryPolicy(1, timeout));
    }

    /**
     * Sends a text as UTF-8 and waits for its reply; sends it again if none comes in time. A wait
     * ends with the exceptions that {@link Receiver} lists, and then another request can be made. C
     * functions: {@code zmq_msg_send}, {@code zmq_msg_recv}.
     *
     * @param request the text
     * @param retries how often to ask, and how long to wait each time
     * @return the reply, decoded from UTF-8; empty if no attempt was answered in time
     * @throws IllegalStateException if the reply has several frames, which are lost: then ask with
     *     a {@link Multipart}
     */
    @CheckReturnValue
    public Optional<String> request(String request, RetryPolicy retries) {
        Optional<byte[]> reply = request(Message.encode(request, REQUEST), retries);
        return reply.isEmpty()
                ? Optional.empty()
                : Optional.of(new String(reply.get(), StandardCharsets.UTF_8));
    }

    /**
     * Sends a copy of an array and waits up to a time for its reply, see {@link #request(String,
     * RetryPolicy)}.
     *
     * @param request what to send, all of it
     * @param timeout how long to wait at most, for room and for the reply; 0 does not wait
     * @return a copy of the reply; empty if there is none in time
     */
    @CheckReturnValue
    public Optional<byte[]> request(byte[] request, Duration timeout) {
        return request(request, new RetryPolicy(1, timeout));
    }

    /**
     * Sends a copy of an array and waits for its reply; sends it again if none comes in time, see
     * {@link #request(String, RetryPolicy)}.
     *
     * @param request what to send, all of it
     * @param retries how often to ask, and how long to wait each time
     * @return a copy of the reply; empty if no attempt was answered in time
     * @throws IllegalStateException if the reply has several frames, which are lost
     */
    @CheckReturnValue
    public Optional<byte[]> request(byte[] request, RetryPolicy retries) {
        Objects.requireNonNull(request, REQUEST);
        try (Multipart asked = Multipart.of(request);
                Multipart reply = ask(asked, retries)) {
            if (reply == null) {
                return Optional.empty();
            }
            requireSingle(reply);
            return Optional.of(reply.getBytes(0));
        }
    }

    /**
     * Sends a message and waits up to a time for its reply, see {@link #request(String,
     * RetryPolicy)}.
     *
     * @param request a message with content, of this thread
     * @param timeout how long to wait at most, for room and for the reply; 0 does not wait
     * @return the reply, which the caller closes or sends; empty if there is none in time
     */
    @CheckReturnValue
    public Optional<Message> request(Message request, Duration timeout) {
        return request(request, new RetryPolicy(1, timeout));
    }

    /**
     * Sends a message and waits for its reply; sends it again if none comes in time, see {@link
     * #request(String, RetryPolicy)}. If there is a reply the message is left without content, and
     * needs no close; otherwise, and if this throws, it has its content and can be asked with again
     * or closed. What is sent are shares of it, so its content is read-only.
     *
     * @param request a message with content, of this thread
     * @param retries how often to ask, and how long to wait each time
     * @return the reply, which the caller closes or sends; empty if no attempt was answered in time
     * @throws IllegalStateException if the reply has several frames, which are lost
     */
    @CheckReturnValue
    public Optional<Message> request(Message request, RetryPolicy retries) {
        Objects.requireNonNull(request, REQUEST);
        boolean answered = false;
        try (Multipart asked = Multipart.of(request.share());
                Multipart reply = ask(asked, retries)) {
            if (reply == null) {
                return Optional.empty();
            }
            requireSingle(reply);
            answered = true;
            return Optional.of(reply.removeFirst());
        } finally {
            request.endRequest(answered);
        }
    }

    /**
     * Sends all frames of a multipart message and waits up to a time for its reply, see {@link
     * #request(String, RetryPolicy)}.
     *
     * @param request at least one frame
     * @param timeout how long to wait at most, for room and for the reply; 0 does not wait
     * @return the reply, which the caller closes or sends; empty if there is none in time
     */
    @CheckReturnValue
    public Optional<Multipart> request(Multipart request, Duration timeout) {
        return request(request, new RetryPolicy(1, timeout));
    }

    /**
     * Sends all frames of a multipart message and waits for the reply; sends them again if none
     * comes in time, see {@link #request(String, RetryPolicy)}. If there is a reply the request is
     * left empty, and needs no close; otherwise, and if this throws, it has its frames and can be
     * asked with again or closed. What is sent are shares of them, so their content is read-only.
     *
     * @param request at least one frame
     * @param retries how often to ask, and how long to wait each time
     * @return the reply, which the caller closes or sends; empty if no attempt was answered in time
     */
    @CheckReturnValue
    public Optional<Multipart> request(Multipart request, RetryPolicy retries) {
        Objects.requireNonNull(request, REQUEST);
        Multipart reply = null;
        try {
            reply = ask(request, retries);
        } finally {
            request.endRequest(reply != null);
        }
        return Optional.ofNullable(reply);
    }

    /** Returns null if no attempt was answered in time. */
    private @Nullable Multipart ask(Multipart request, RetryPolicy retries) {
        long timeout = Timeout.nanos(Objects.requireNonNull(retries, "retries").timeout());
        for (int i = 0; i < retries.attempts(); i++) {
            beginAttempt(i > 0);
            CallDeadline time = new CallDeadline(timeout);
            try (Multipart copy = request.share()) {
                if (outgoing.send(copy, time.left())) {
                    Multipart reply = receiveNewMultipart(time.left());
                    if (reply != null) {
                        return reply;
                    }
                }
            }
        }
        return null;
    }

    /** Lets a send give up the last request, whose reply libzmq tells by its number from now on. */
    private void beginAttempt(boolean again) {
        core.enter(REQUEST);
        try {
            if (again) {
                core.checkWait(REQUEST); // short attempts could see no cancellation
            }
            core.setInt(REQ_RELAXED, 1);
            core.setInt(REQ_CORRELATE, 1);
        } finally {
            core.exit();
        }
    }

    private void requireSingle(Multipart reply) {
        if (reply.size() > 1) {
            throw new IllegalStateException(
                    REQUEST
                            + " on "
                            + core.name
                            + ": the reply has "
                            + reply.size()
                            + " frames, and is dropped: ask with a Multipart");
        }
    }
}

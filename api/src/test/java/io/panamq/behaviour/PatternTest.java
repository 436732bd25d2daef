// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.panamq.Capability;
import io.panamq.Multipart;
import io.panamq.PubSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.Socket;
import io.panamq.Zmq;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.support.Deadline;
import io.panamq.support.Pattern;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what all patterns share, over all transports and with either side bound. */
class PatternTest extends WithContext {
    /**
     * Among these: the last inline size, the first on the heap, the default batch, several batches.
     */
    private static final int[] SIZES = {0, 1, 33, 34, 8192, 1 << 20};

    static Stream<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        for (Pattern pattern : Pattern.values()) {
            for (Transport transport : Transport.values()) {
                all.add(Arguments.of(pattern, transport, true));
                all.add(Arguments.of(pattern, transport, false));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} over {1}, sender binds: {2}")
    @MethodSource("combinations")
    void shouldCarryMessagesOfAllSizesIntact(
            Pattern pattern, Transport transport, boolean senderBinds) {
        Socket left = pattern.left(context);
        Socket right = pattern.right(context);
        link(transport, left, right, senderBinds);
        pattern.await(left, right);

        for (int size : SIZES) {
            byte[] content = content(size);
            pattern.send(left, content);
            try (Multipart received = pattern.receive(right)) {
                assertThat(received.size()).as("frames").isEqualTo(1);
                assertThat(received.get(0).getBytes()).isEqualTo(content);
                assertThat(received.get(0).more()).isFalse();
            }
            pattern.finish(left, right);
        }
    }

    @ParameterizedTest(name = "{0} over {1}, sender binds: {2}")
    @MethodSource("combinations")
    void shouldCarryMessagesOfSeveralFramesWhole(
            Pattern pattern, Transport transport, boolean senderBinds) {
        Socket left = pattern.left(context);
        Socket right = pattern.right(context);
        link(transport, left, right, senderBinds);
        pattern.await(left, right);
        byte[][] frames =
                Stream.of(5, 0, 33, 34, 8192, 100_000).map(this::frame).toArray(byte[][]::new);

        for (int round = 0; round < 2; round++) {
            pattern.send(left, frames);
            try (Multipart received = pattern.receive(right)) {
                assertThat(received.size()).as("frames").isEqualTo(frames.length);
                for (int i = 0; i < frames.length; i++) {
                    assertThat(received.get(i).getBytes()).as("frame %d", i).isEqualTo(frames[i]);
                    assertThat(received.get(i).more()).isEqualTo(i + 1 < frames.length);
                }
            }
            pattern.finish(left, right);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldDeliverInOrderWhatWasQueuedBeforeThePeerBinds(Transport transport) {
        String endpoint;
        try (PullSocket scout = context.pull()) {
            endpoint = scout.bind(transport.fresh());
            scout.unbind(endpoint);
        }
        PushSocket push = context.push();
        push.connect(endpoint);
        for (int i = 0; i < 100; i++) {
            assertThat(push.trySend("early " + i)).isTrue();
        }
        PullSocket pull = context.pull();
        Deadline.until("the endpoint is free again", () -> canBind(pull, endpoint));

        for (int i = 0; i < 100; i++) {
            assertThat(Deadline.text(pull)).isEqualTo("early " + i);
        }
    }

    @Test
    void shouldServeSeveralEndpointsOfSeveralTransportsWithOneSocket() {
        PullSocket pull = context.pull();
        List<String> sent = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            PushSocket push = context.push();
            push.connect(pull.bind(transport.fresh()));
            push.send(transport.name());
            sent.add(transport.name());
        }
        List<String> received = new ArrayList<>();
        sent.forEach(any -> received.add(Deadline.text(pull)));

        assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void shouldCarryOverAWildcardIpcPath() {
        assumeThat(Zmq.has(Capability.IPC)).isTrue();
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        String endpoint = pull.bind("ipc://*");

        assertThat(endpoint).startsWith("ipc://").doesNotContain("*");
        push.connect(endpoint);
        push.send("x");
        assertThat(Deadline.text(pull)).isEqualTo("x");
    }

    private static void link(Transport transport, Socket left, Socket right, boolean leftBinds) {
        Socket binder = leftBinds ? left : right;
        Socket connecter = leftBinds ? right : left;
        String endpoint = transport.fresh();
        if (transport == Transport.INPROC && !leftBinds && !(left instanceof PubSocket)) {
            // Over inproc a socket may also connect before the other one binds.
            connecter.connect(endpoint);
            binder.bind(endpoint);
        } else {
            connecter.connect(binder.bind(endpoint));
        }
    }

    private static boolean canBind(Socket socket, String endpoint) {
        try {
            socket.bind(endpoint);
            return true;
        } catch (ZmqException e) {
            assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE);
            return false;
        }
    }

    private byte[] frame(int size) {
        return size == 5 ? "topic".getBytes(StandardCharsets.US_ASCII) : content(size);
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }
}

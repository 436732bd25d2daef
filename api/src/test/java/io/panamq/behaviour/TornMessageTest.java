// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Multipart;
import io.panamq.PollEvent;
import io.panamq.Poller;
import io.panamq.ReceivingSocket;
import io.panamq.RepSocket;
import io.panamq.SendingSocket;
import io.panamq.SubSocket;
import io.panamq.XPubSocket;
import io.panamq.XSubSocket;
import io.panamq.bindings.NativeLibrary;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that a message is received whole or not at all when its peer is disconnected after a poll,
 * in which some types read the first frame. The bundled library is mended; with another one, such a
 * socket refuses to disconnect.
 */
class TornMessageTest extends WithContext {
    private static final String[] PARTS = {"part 1", "part 2", "part 3"};

    enum Kind {
        SUB(true),
        XSUB(true),
        ROUTER(true),
        REP(true),
        DEALER(false),
        PULL(false);

        private final boolean readsAhead;

        Kind(boolean readsAhead) {
            this.readsAhead = readsAhead;
        }
    }

    static Stream<Arguments> kinds() {
        return Transport.with(Kind.values());
    }

    @BeforeEach
    void requireTheMendedLibrary() {
        assumeTrue(NativeLibrary.isHardened("fq"), "another libzmq refuses to disconnect");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldReceiveWholeMessagesOnlyAfterADisconnect(Kind kind, Transport transport) {
        SendingSocket peer = peer(kind);
        ReceivingSocket receiver = receiver(kind);
        String endpoint = peer.bind(transport.fresh());
        receiver.connect(endpoint);
        if (peer instanceof XPubSocket xpub) {
            Deadline.text(xpub);
        }
        Deadline.send(peer, PARTS);
        try (Poller poller = context.poller()) {
            poller.add(receiver, PollEvent.IN);
            assertThat(poller.poll(Deadline.LIMIT)).isEqualTo(1);

            receiver.disconnect(endpoint);

            Optional<Multipart> received = receiver.receiveMultipart(Deadline.GRACE);
            received.ifPresent(TornMessageTest::checkWhole);
            assertThat(received.isPresent()).as("read ahead").isEqualTo(kind.readsAhead);
            if (receiver instanceof RepSocket rep) {
                rep.send("nobody gets this");
            }
            assertThat(receiver.receiveMultipart(Deadline.GRACE)).isEmpty();
        }
    }

    private SendingSocket peer(Kind kind) {
        return switch (kind) {
            case SUB, XSUB -> context.xpub();
            case ROUTER, DEALER -> context.dealer();
            case REP -> context.req();
            case PULL -> context.push();
        };
    }

    private ReceivingSocket receiver(Kind kind) {
        return switch (kind) {
            case SUB -> {
                SubSocket sub = context.sub();
                sub.subscribe("part");
                yield sub;
            }
            case XSUB -> {
                XSubSocket xsub = context.xsub();
                xsub.subscribe("part");
                yield xsub;
            }
            case ROUTER -> context.router();
            case DEALER -> context.dealer();
            case REP -> context.rep();
            case PULL -> context.pull();
        };
    }

    private static void checkWhole(Multipart message) {
        try (message) {
            int first = Math.max(0, message.size() - PARTS.length);
            assertThat(
                            message.toByteArrays().stream()
                                    .skip(first)
                                    .map(frame -> new String(frame, UTF_8)))
                    .as("%s", message)
                    .containsExactly(PARTS);
        }
    }
}

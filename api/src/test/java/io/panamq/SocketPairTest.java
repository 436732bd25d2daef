// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.error.ContextTerminatedException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.WithContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests sockets that a context makes by their type, and in pairs. */
class SocketPairTest extends WithContext {
    @ParameterizedTest
    @EnumSource
    void shouldMakeASocketOfEachType(SocketType type) {
        assumeTrue(
                !type.traits().isDraft() || Zmq.has(Capability.DRAFT),
                "this libzmq was built without drafts");
        Socket socket = context.socket(type);

        assertThat(socket.type()).isEqualTo(type);
        String name = type == SocketType.DGRAM ? "Datagram" : type.name();
        assertThat(socket.getClass().getSimpleName()).isEqualToIgnoringCase(name + "Socket");
        assertThat(socket.context()).isSameAs(context);
    }

    @Test
    void shouldConnectTwoThreads() {
        try (SocketPair pipe = context.pipe();
                SocketPair other = context.pipe()) {
            var echo =
                    Background.run(
                            () -> pipe.second().send(pipe.second().receiveMultipart().add("too")));
            other.first().send("another pipe");
            Deadline.send(pipe.first(), "there", "and back");

            assertThat(Deadline.multipart(pipe.first()))
                    .extracting(Message::getString)
                    .containsExactly("there", "and back", "too");
            assertThat(Deadline.text(other.second())).isEqualTo("another pipe");
            echo.result();
        }
    }

    @Test
    void shouldCloseBothEnds() {
        SocketPair pipe = context.pipe();
        pipe.second().send("owned by this thread");
        Background.run(pipe::close).result();
        pipe.close();

        assertThat(pipe.first().isClosed()).isTrue();
        assertThat(pipe.second().isClosed()).isTrue();
    }

    @Test
    void shouldMakeNoneOnceTheContextIsClosed() {
        context.close();

        assertThatThrownBy(context::pipe).isInstanceOf(ContextTerminatedException.class);
        assertThatThrownBy(() -> context.socket(SocketType.PUB))
                .isInstanceOf(ContextTerminatedException.class);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.support.Deadline;
import io.panamq.support.Pattern;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests PUB, the publisher. */
class PubSocketTest extends WithContext {
    @Test
    void shouldDropWhatNobodyWants() {
        PubSocket pub = context.pub();
        pub.bind(Transport.INPROC.fresh());

        for (int i = 0; i < 5000; i++) {
            assertThat(pub.trySend("nobody")).isTrue();
        }
    }

    @Test
    void shouldDropWhatIsSentOverInprocBeforeAnybodyBinds() {
        PubSocket pub = context.pub();
        String endpoint = Transport.INPROC.fresh();
        pub.connect(endpoint);
        pub.send("lost");
        SubSocket sub = context.sub();
        sub.subscribeAll();
        sub.bind(endpoint);
        Pattern.PUB_SUB.await(pub, sub);
        pub.send("seen");

        try (Multipart first = Pattern.PUB_SUB.receive(sub)) {
            assertThat(first.getString(0)).isEqualTo("seen");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {34, 1000, 100_000})
    void shouldGiveSubscribersOfOneProcessTheSameReadOnlyMemory(int size) {
        PubSocket pub = context.pub();
        String endpoint = pub.bind(Transport.INPROC.fresh());
        SubSocket one = subscriber(pub, endpoint);
        SubSocket two = subscriber(pub, endpoint);
        byte[] content = new byte[size];
        content[size - 1] = 42;
        pub.send(content);

        try (Message first = next(one, size);
                Message second = next(two, size)) {
            assertThat(first.getBytes()).isEqualTo(content);
            assertThat(second.getBytes()).isEqualTo(content);
            assertThat(second.data().isReadOnly()).isTrue();
            MemorySegment data = first.data();
            assertThat(data.isReadOnly()).isTrue();
            assertThatThrownBy(() -> data.set(ValueLayout.JAVA_BYTE, 0, (byte) 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> first.setByte(0, (byte) 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("copy it");
            assertThat(second.getBytes()).isEqualTo(content);
        }
    }

    @Test
    void shouldBlockInsteadOfDroppingIfToldTo() {
        PubSocket pub = context.pub();
        pub.set(SocketOption.XPUB_NODROP, true);
        pub.set(SocketOption.SNDHWM, 5);
        SubSocket sub = context.sub();
        sub.set(SocketOption.RCVHWM, 5);
        sub.subscribeAll();
        sub.connect(pub.bind(Transport.INPROC.fresh()));
        Pattern.PUB_SUB.await(pub, sub);
        boolean probes = true;
        while (probes) {
            probes = sub.tryReceive().isPresent();
        }
        int queued = 0;
        while (queued < 100 && pub.trySend("message " + queued)) {
            queued++;
        }

        assertThat(queued).isLessThan(100);
        assertThat(pub.send("one too many", Deadline.GRACE)).isFalse();
        for (int i = 0; i < queued; i++) {
            assertThat(Deadline.text(sub)).isEqualTo("message " + i);
        }
        assertThat(pub.send("room again", Deadline.LIMIT)).isTrue();
        assertThat(Deadline.text(sub)).isEqualTo("room again");
    }

    private SubSocket subscriber(PubSocket pub, String endpoint) {
        SubSocket sub = context.sub();
        sub.subscribeAll();
        sub.connect(endpoint);
        Pattern.PUB_SUB.await(pub, sub);
        return sub;
    }

    /** Receives the next message of the given size, and drops the probes before it. */
    private static Message next(SubSocket sub, int size) {
        Message message = Deadline.receive(sub);
        while (message.size() != size) {
            message.close();
            message = Deadline.receive(sub);
        }
        return message;
    }
}

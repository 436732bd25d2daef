// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.bindings.PollerCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

/** What a poller reports, with each of its backends. */
@ParameterizedClass(name = "draft: {0}")
@MethodSource("backends")
class PollerTest extends WithContext {
    private final boolean draft;
    private final List<PairSocket> peers = new ArrayList<>();

    PollerTest(boolean draft) {
        this.draft = draft;
    }

    static Stream<Boolean> backends() {
        return PollerCalls.areThere() ? Stream.of(true, false) : Stream.of(false);
    }

    private Poller poller() {
        return Poller.create(context, draft);
    }

    /** One end; the other one is the last of the peers. */
    private PairSocket pair() {
        PairSocket socket = context.pair();
        PairSocket peer = context.pair();
        peer.connect(socket.bind(Transport.INPROC.fresh()));
        peers.add(peer);
        return socket;
    }

    private static Set<Object> found(Poller poller, int ready) {
        Set<Object> attachments = new HashSet<>();
        for (int i = 0; i < ready; i++) {
            attachments.add(poller.ready(i).attachment());
        }
        assertThat(attachments).hasSize(ready);
        return attachments;
    }

    private static void assertNothing(Poller poller) {
        assertThat(poller.tryPoll()).isZero();
        assertThat(poller.poll(Duration.ofMillis(1))).isZero();
    }
}

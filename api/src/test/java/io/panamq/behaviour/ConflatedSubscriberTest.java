// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.SocketOption;
import io.panamq.SubSocket;
import io.panamq.bindings.NativeLibrary;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.support.Deadline;
import io.panamq.support.RawPublisher;
import io.panamq.support.WithContext;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Tests a conflating SUB that receives a first frame which does not match but announces more.
 * libzmq drops that frame, asks for the rest, finds none, and ends the process ({@code !_more
 * (fq.cpp:112)}). Java never sees the frame. The bundled library is mended; other libraries must
 * refuse the option.
 */
class ConflatedSubscriberTest extends WithContext {
    @Test
    void shouldSurviveAPublisherThatSendsWhatWasNotAskedForOrBeRefused() throws IOException {
        try (RawPublisher publisher = new RawPublisher();
                SubSocket sub = context.sub()) {
            if (!NativeLibrary.isHardened("fq")) {
                assertThatThrownBy(() -> sub.set(SocketOption.CONFLATE, true))
                        .isInstanceOf(UnsupportedFeatureException.class)
                        .hasMessageContaining("ZMQ_CONFLATE");
                return;
            }
            sub.set(SocketOption.CONFLATE, true);
            sub.subscribe("a");
            publisher.accept(sub);
            publisher.sendFirstOfMore('b');

            assertThat(sub.receive(Deadline.GRACE.multipliedBy(10))).isEmpty();
        }
    }
}

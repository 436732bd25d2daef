// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Ends the JVM, therefore not named as a test: a conflating SUB that gets a first frame which does
 * not match but announces more. libzmq drops it and asks for the rest, which is not there ({@code
 * Assertion failed: !_more (fq.cpp:112)}); Java never sees the frame.
 */
class KnownCrashConflatedSubscriber extends WithContext {
    @Test
    void shouldSurviveAPublisherThatSendsWhatWasNotAskedFor() throws IOException {
        try (RawPublisher publisher = new RawPublisher();
                SubSocket sub = context.sub()) {
            sub.set(SocketOption.CONFLATE, true);
            sub.subscribe("a");
            publisher.accept(sub);
            publisher.sendFirstOfMore('b');

            assertThat(sub.receive(Deadline.GRACE.multipliedBy(10))).isEmpty();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OneWayTest {
    /** Delivers the counters 0, 1 and 3. */
    private static final class Gap extends Port {
        private long next;

        @Override
        String endpoint() {
            return "gap";
        }

        @Override
        void send(long counter) {
            throw new UnsupportedOperationException();
        }

        @Override
        long receive() {
            long counter = next;
            next += counter == 1 ? 2 : 1;
            return counter;
        }

        @Override
        boolean drain() {
            return false;
        }

        @Override
        public void close() {}
    }

    private static final class GapKit implements Kit {
        @Override
        public Port open(Kind kind, String endpoint) {
            return new Gap();
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldFailWhenAMessageIsMissing() throws Exception {
        String[] arguments = {"pattern=pushpull", "size=8", "warmup=1000000000", "window=1"};
        try (Kit kit = new GapKit()) {
            var oneWay = new OneWay(kit, Params.parse(arguments), new Signals());
            assertThatThrownBy(oneWay::receive)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("expected message 2, got 3");
        }
    }
}

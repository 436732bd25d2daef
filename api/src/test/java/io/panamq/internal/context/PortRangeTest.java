// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Tests ranges of ports with any text: it is a range, none, or refused with a text of ours. */
class PortRangeTest {
    @Provide
    Arbitrary<String> endpoints() {
        Arbitrary<String> part =
                Arbitraries.of(
                        "tcp://",
                        ":",
                        "[",
                        "]",
                        ":[",
                        "-",
                        "1",
                        "0",
                        "65535",
                        "65536",
                        "50000",
                        "99999999999999999999",
                        "*",
                        "lo",
                        "[::1]",
                        " ",
                        "\0",
                        "é",
                        "٣");
        Arbitrary<String> parts =
                part.array(String[].class).ofMaxSize(8).map(all -> String.join("", all));
        Arbitrary<Integer> port = Arbitraries.integers().between(-1, 65_537);
        Arbitrary<String> ranges =
                Combinators.combine(port, port)
                        .as((first, last) -> "tcp://[::1]:[" + first + "-" + last + "]");
        return Arbitraries.oneOf(parts, parts.map("tcp://*:["::concat), ranges);
    }

    @Property(tries = 600)
    void shouldBeARangeOrNoneOrRefused(@ForAll("endpoints") String endpoint) {
        PortRange[] found = new PortRange[1];
        Throwable thrown = catchThrowable(() -> found[0] = PortRange.of(endpoint));

        if (thrown != null) {
            assertThat(thrown)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + endpoint + "': a range is two ports")
                    .hasNoCause();
        } else if (found[0] != null) {
            PortRange range = found[0];
            assertThat(range.first()).isBetween(1, range.last());
            assertThat(range.last()).isLessThanOrEqualTo(65_535);
            assertThat(endpoint).isEqualTo(range.endpoint()).endsWith("]");
            assertThat(range.with(range.last()))
                    .isEqualTo(endpoint.substring(0, endpoint.lastIndexOf('[')) + range.last());
        }
    }
}

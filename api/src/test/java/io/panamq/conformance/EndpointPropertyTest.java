// SPDX-License-Identifier: Apache-2.0
package io.panamq.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Endpoint;
import io.panamq.error.ZmqException;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Gives any text to whatever reads an endpoint: it is taken, or refused with a proper exception.
 */
class EndpointPropertyTest {
    private static Context context;

    @BeforeContainer
    static void open() {
        context = Context.builder().linger(Duration.ZERO).build();
    }

    @AfterContainer
    static void close() {
        assertThat(context.close(Duration.ofSeconds(20)).terminated()).isTrue();
    }

    /** No ipc, because binding would leave files with any name behind. */
    @Provide
    Arbitrary<String> endpoints() {
        Arbitrary<String> scheme =
                Arbitraries.of(
                        "tcp://", "ws://", "udp://", "inproc://", "tipc://", "TCP://", "", "x://");
        Arbitrary<String> part =
                Arbitraries.of(
                        "127.0.0.1",
                        "*",
                        ":",
                        "0",
                        "[",
                        "]",
                        "::1",
                        "%lo",
                        ";",
                        "/",
                        "-",
                        "65536",
                        "99999999999",
                        "1-2",
                        " ",
                        "{1,2,3}",
                        "@",
                        "lo",
                        "é",
                        "\0",
                        "host.invalid");
        Arbitrary<String> rest =
                part.array(String[].class).ofMaxSize(6).map(all -> String.join("", all));
        Arbitrary<String> any =
                Arbitraries.strings().ofMaxLength(30).filter(s -> !s.startsWith("ipc"));
        return Arbitraries.oneOf(Combinators.combine(scheme, rest).as(String::concat), any);
    }

    private static void assertTakenOrRefused(Throwable thrown) {
        if (thrown != null) {
            assertThat(thrown)
                    .isInstanceOfAny(
                            ZmqException.class,
                            IllegalArgumentException.class,
                            IllegalStateException.class)
                    .message()
                    .isNotBlank();
        }
    }

    @Property(tries = 400)
    void shouldBindOrRefuseAnyText(@ForAll("endpoints") String endpoint) {
        try (DealerSocket dealer = context.dealer()) {
            assertTakenOrRefused(catchThrowable(() -> dealer.bind(endpoint)));
            assertThat(dealer.bind("inproc://fine-" + System.nanoTime())).startsWith("inproc://");
        }
    }

    @Property(tries = 400)
    void shouldConnectOrRefuseAnyText(@ForAll("endpoints") String endpoint) {
        // A name that is never bound would be kept until the context ends.
        String text = endpoint.startsWith("inproc://") ? endpoint.substring(3) : endpoint;
        try (DealerSocket dealer = context.dealer()) {
            assertTakenOrRefused(catchThrowable(() -> dealer.connect(text)));
            assertTakenOrRefused(catchThrowable(() -> dealer.disconnect(text)));
        }
    }

    @Property(tries = 400)
    void shouldTakeApartOrRefuseAnyText(@ForAll("endpoints") String endpoint) {
        Throwable thrown =
                catchThrowable(
                        () -> {
                            assertThat(Endpoint.port(endpoint)).isBetween(1, 65_535);
                            assertThat(Endpoint.host(endpoint)).isNotEmpty();
                        });
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Multipart;
import io.panamq.support.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Sends any frames to an authenticator, as any socket of its context can: each message gets exactly
 * one reply, which lets nobody in, and the next good request is still answered.
 */
class ZapGarbageTest {
    private static final String ZAP = "inproc://zeromq.zap.01";

    private static Context context;
    private static ZapAuthenticator authenticator;
    private static DealerSocket asker;

    @BeforeContainer
    static void start() {
        context = Context.builder().linger(Duration.ZERO).build();
        authenticator =
                ZapAuthenticator.builder(context)
                        .denyAddresses("10.0.0.0/8")
                        .acceptNull("open")
                        .acceptPlain("open", "anna", "password")
                        .acceptCurve("*", CertificateStore.of())
                        .start();
        asker = context.dealer();
        asker.connect(ZAP);
        asker.handOver();
    }

    @AfterContainer
    static void end() {
        authenticator.close();
        assertThat(context.close(Duration.ofSeconds(20)).terminated()).isTrue();
    }

    @Provide
    Arbitrary<List<byte[]>> frames() {
        Arbitrary<byte[]> known =
                Arbitraries.of(
                                "",
                                "1.0",
                                "1",
                                "open",
                                "other",
                                "*",
                                "127.0.0.1",
                                "10.1.1.1",
                                "NULL",
                                "PLAIN",
                                "CURVE",
                                "GSSAPI",
                                "anna",
                                "wrong",
                                "\0",
                                "0123456789abcdef0123456789abcdef")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(4, known), net.jqwik.api.Tuple.of(1, any))
                .list()
                .ofMinSize(1)
                .ofMaxSize(14);
    }

    /** The start of a good request, and then anything. */
    @Provide
    Arbitrary<List<byte[]>> requests() {
        return frames().map(
                        rest -> {
                            List<byte[]> all = new java.util.ArrayList<>();
                            for (String text : List.of("", "1.0", "1", "closed", "x", "")) {
                                all.add(text.getBytes(StandardCharsets.UTF_8));
                            }
                            all.addAll(rest);
                            return all;
                        });
    }

    @Property(tries = 200)
    void shouldAnswerAnyFramesOnce(@ForAll("frames") List<byte[]> frames) {
        answer(frames);
    }

    @Property(tries = 200)
    void shouldAnswerAnyRequestOnce(@ForAll("requests") List<byte[]> frames) {
        answer(frames);
    }

    private static void answer(List<byte[]> frames) {
        boolean open = frames.size() > 3 && "open".equals(text(frames.get(3)));
        try (Multipart request = Multipart.of(frames.toArray(new byte[0][]))) {
            Deadline.send(asker, request);
        }
        if (!open) {
            assertThat(status()).as("status of the reply to garbage").isIn("400", "500");
        } else {
            assertThat(status()).isIn("200", "400", "500");
        }

        Deadline.send(asker, "", "1.0", "good", "open", "127.0.0.1", "", "NULL");
        try (Multipart reply = Deadline.multipart(asker)) {
            // A second reply to the garbage would come before this one.
            assertThat(reply.getString(2)).isEqualTo("good");
            assertThat(reply.getString(3)).isEqualTo("200");
        }
        asker.handOver();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String status() {
        try (Multipart reply = Deadline.multipart(asker)) {
            assertThat(reply.size()).isEqualTo(7);
            return reply.getString(3);
        }
    }
}

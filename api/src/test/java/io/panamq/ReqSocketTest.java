// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.Errno;
import io.panamq.error.ProtocolStateException;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests REQ, the client that takes turns. */
class ReqSocketTest extends WithContext {
    @ParameterizedTest
    @EnumSource(Transport.class)
    void shouldGetAReplyToEachRequest(Transport transport) {
        ReqSocket req = context.req();
        RepSocket rep = context.rep();
        req.connect(rep.bind(transport.fresh()));
        for (int i = 0; i < 20; i++) {
            req.send("question " + i);
            assertThat(Deadline.text(rep)).isEqualTo("question " + i);
            rep.send("answer " + i);
            assertThat(Deadline.text(req)).isEqualTo("answer " + i);
        }
    }

    @Test
    void shouldRefuseToReceiveBeforeItHasAsked() {
        ReqSocket req = context.req();

        assertThatThrownBy(req::tryReceive)
                .isInstanceOf(ProtocolStateException.class)
                .hasMessageContaining("receive on REQ#1")
                .hasMessageContaining("EFSM")
                .hasMessageContaining("a REQ socket sends a request first");
    }

    @Test
    void shouldRefuseToAskTwiceAndLeaveTheSecondRequestWithTheCaller() {
        ReqSocket req = context.req();
        RepSocket rep = context.rep();
        req.connect(rep.bind(Transport.INPROC.fresh()));
        req.send("first");
        try (Message second = Message.of("second")) {
            var view = second.data();
            assertThatThrownBy(() -> req.send(second))
                    .isInstanceOfSatisfying(
                            ProtocolStateException.class,
                            e -> {
                                assertThat(e.errno()).isEqualTo(Errno.EFSM);
                                assertThat(e.operation()).isEqualTo("send");
                            })
                    .hasMessageContaining("receive the reply to the last request first");
            assertThat(second.getString()).isEqualTo("second");
            assertThat(second.data()).isSameAs(view);

            assertThat(Deadline.text(rep)).isEqualTo("first");
            rep.send("one");
            assertThat(Deadline.text(req)).isEqualTo("one");
            req.send(second);
            assertThat(Deadline.text(rep)).isEqualTo("second");
        }
    }

    @Test
    void shouldAskAgainAndDropTheLateReplyIfRelaxedAndCorrelated() {
        ReqSocket req = context.req();
        RouterSocket router = context.router();
        req.set(SocketOption.REQ_RELAXED, true);
        req.set(SocketOption.REQ_CORRELATE, true);
        req.connect(router.bind(Transport.TCP.fresh()));
        req.send("first");
        Multipart first = Deadline.multipart(router);
        req.send("second");
        Multipart second = Deadline.multipart(router);

        assertThat(first.size()).as("id, request id, empty, body").isEqualTo(4);
        assertThat(first.get(1).size()).isEqualTo(4);
        assertThat(first.get(1).getInt(0)).isNotEqualTo(second.get(1).getInt(0));
        Deadline.send(router, first);
        Deadline.send(router, second);
        assertThat(Deadline.text(req)).isEqualTo("second");
        assertThatThrownBy(req::tryReceive).isInstanceOf(ProtocolStateException.class);
    }

    @Test
    void shouldSkipAReplyWithoutEnvelopeAndTakeTheNext() {
        ReqSocket req = context.req();
        RouterSocket router = context.router();
        req.connect(router.bind(Transport.INPROC.fresh()));
        req.send("question");
        try (Multipart question = Deadline.multipart(router);
                Multipart bad = Multipart.create();
                Multipart good = Multipart.create()) {
            assertThat(question.size()).as("id, empty, body").isEqualTo(3);
            assertThat(question.get(1).size()).isZero();
            bad.add(question.get(0).getBytes()).add("no empty frame").add("body");
            good.add(question.get(0).getBytes()).add("").add("answer");
            Deadline.send(router, bad);
            Deadline.send(router, good);
        }

        assertThat(Deadline.text(req)).isEqualTo("answer");
    }

    @Test
    void shouldNotSendWithoutAPeer() {
        ReqSocket req = context.req();

        assertThat(req.trySend("nobody")).isFalse();
        assertThatThrownBy(req::tryReceive).isInstanceOf(ProtocolStateException.class);
    }
}

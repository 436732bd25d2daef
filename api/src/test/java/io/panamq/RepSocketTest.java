// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.error.ProtocolStateException;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import org.junit.jupiter.api.Test;

/** Tests REP, the server that takes turns. */
class RepSocketTest extends WithContext {
    @Test
    void shouldRefuseToReplyBeforeARequest() {
        RepSocket rep = context.rep();
        try (Message reply = Message.of("reply")) {
            assertThatThrownBy(() -> rep.trySend(reply))
                    .isInstanceOf(ProtocolStateException.class)
                    .hasMessageContaining("send on REP#1")
                    .hasMessageContaining("receive a whole request first");
            assertThat(reply.getString()).isEqualTo("reply");
        }
    }

    @Test
    void shouldRefuseToReceiveBeforeItHasReplied() {
        RepSocket rep = context.rep();
        ReqSocket req = context.req();
        req.connect(rep.bind(Transport.INPROC.fresh()));
        req.send("question");
        assertThat(Deadline.text(rep)).isEqualTo("question");

        assertThatThrownBy(rep::tryReceive)
                .isInstanceOf(ProtocolStateException.class)
                .hasMessageContaining("receive on REP#1")
                .hasMessageContaining("send the reply to the last request first");
        rep.send("answer");
        assertThat(Deadline.text(req)).isEqualTo("answer");
    }

    @Test
    void shouldRefuseToReplyInTheMiddleOfARequest() {
        RepSocket rep = context.rep();
        ReqSocket req = context.req();
        req.connect(rep.bind(Transport.INPROC.fresh()));
        Deadline.send(req, "one", "two");
        try (Message first = Deadline.receive(rep)) {
            assertThat(first.more()).isTrue();
            assertThatThrownBy(() -> rep.send("early"))
                    .isInstanceOf(ProtocolStateException.class)
                    .hasMessageContaining("whole request");
        }
        assertThat(Deadline.text(rep)).isEqualTo("two");
        rep.send("answer");
        assertThat(Deadline.text(req)).isEqualTo("answer");
    }

    @Test
    void shouldAnswerSeveralClientsEachWithItsOwnReply() {
        RepSocket rep = context.rep();
        String endpoint = rep.bind(Transport.TCP.fresh());
        ReqSocket[] clients = new ReqSocket[4];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = context.req();
            clients[i].connect(endpoint);
            clients[i].send("client " + i);
        }
        for (int i = 0; i < clients.length; i++) {
            rep.send("re: " + Deadline.text(rep));
        }

        for (int i = 0; i < clients.length; i++) {
            assertThat(Deadline.text(clients[i])).isEqualTo("re: client " + i);
        }
    }

    @Test
    void shouldKeepTheEnvelopeOfADealerAndRestoreIt() {
        RepSocket rep = context.rep();
        DealerSocket dealer = context.dealer();
        dealer.connect(rep.bind(Transport.INPROC.fresh()));
        Deadline.send(dealer, "A", "B", "", "question");
        try (Multipart question = Deadline.multipart(rep)) {
            assertThat(question.size()).isEqualTo(1);
        }
        rep.send("answer");

        try (Multipart answer = Deadline.multipart(dealer)) {
            assertThat(answer.toString()).isNotEmpty();
            assertThat(answer.size()).isEqualTo(4);
            assertThat(answer.getString(0)).isEqualTo("A");
            assertThat(answer.getString(1)).isEqualTo("B");
            assertThat(answer.get(2).size()).isZero();
            assertThat(answer.getString(3)).isEqualTo("answer");
        }
    }

    @Test
    void shouldDropTheReplyToAClientThatIsGone() {
        RepSocket rep = context.rep();
        String endpoint = rep.bind(Transport.INPROC.fresh());
        ReqSocket gone = context.req();
        gone.connect(endpoint);
        gone.send("and away");
        assertThat(Deadline.text(rep)).isEqualTo("and away");
        gone.close();
        assertThat(rep.send("for nobody", Deadline.LIMIT)).isTrue();

        ReqSocket next = context.req();
        next.connect(endpoint);
        next.send("next");
        assertThat(Deadline.text(rep)).isEqualTo("next");
    }
}

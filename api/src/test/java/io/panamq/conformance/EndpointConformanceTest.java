// SPDX-License-Identifier: Apache-2.0
package io.panamq.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.panamq.DealerSocket;
import io.panamq.Endpoint;
import io.panamq.MonitorEvent;
import io.panamq.PairSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Binding, connecting and their ends. */
class EndpointConformanceTest extends WithContext {
    private void assertAsked(ReqSocket req, RepSocket rep, String question) {
        req.send(question);
        assertThat(Deadline.text(rep)).isEqualTo(question);
        rep.send("re: " + question);
        assertThat(Deadline.text(req)).isEqualTo("re: " + question);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "abstract names exist on Linux only")
    void shouldAskAndReplyOverAnAbstractName() {
        RepSocket rep = context.rep();
        String endpoint = "ipc://@panamq-" + ProcessHandle.current().pid() + System.nanoTime();
        assertThat(rep.bind(endpoint)).isEqualTo(endpoint);
        assertThat(rep.get(SocketOption.LAST_ENDPOINT)).isEqualTo(endpoint);
        ReqSocket req = context.req();
        req.connect(endpoint);

        assertAsked(req, rep, "abstract");
        assertThatThrownBy(() -> context.rep().bind("ipc://@"))
                .isInstanceOfSatisfying(
                        ZmqException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }

    @Test
    void shouldNameTheEndpointThatWasBoundLast() {
        PullSocket pull = context.pull();
        for (Transport transport : Transport.values()) {
            String endpoint = pull.bind(transport.fresh());
            assertThat(pull.get(SocketOption.LAST_ENDPOINT)).isEqualTo(endpoint);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://*:*", "tcp://127.0.0.1:*", "ipc://*"})
    void shouldUnbindAWildcardByItsActualEndpoint(String wildcard) {
        PullSocket pull = context.pull();
        String endpoint = pull.bind(wildcard);
        assertThat(pull.get(SocketOption.LAST_ENDPOINT)).isEqualTo(endpoint);
        assertThatThrownBy(() -> pull.unbind(wildcard))
                .isInstanceOfSatisfying(
                        ZmqException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));

        pull.unbind(endpoint);

        assertThatThrownBy(() -> pull.unbind(endpoint))
                .isInstanceOfSatisfying(
                        ZmqException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }

    @Test
    void shouldConnectByTheNameOfAHost() {
        PairSocket bound = context.pair();
        PairSocket connected = context.pair();
        connected.connect("tcp://localhost:" + Endpoint.port(bound.bind("tcp://127.0.0.1:*")));

        connected.send("by name");
        assertThat(Deadline.text(bound)).isEqualTo("by name");
        bound.send("back");
        assertThat(Deadline.text(connected)).isEqualTo("back");
    }

    @Test
    void shouldAcceptNamesAndAddressesToConnectToAndNothingElse() {
        DealerSocket dealer = context.dealer();
        dealer.set(SocketOption.IPV6, true);
        for (String good :
                List.of(
                        "tcp://localhost:1234",
                        "tcp://[::1]:1234",
                        "tcp://foo123.xyz:1234",
                        "tcp://127.0.0.1:1234")) {
            dealer.connect(good);
        }
        for (String bad :
                List.of(
                        "tcp://localhost:invalid",
                        "tcp://in val id:1234",
                        "tcp://",
                        "tcp://:1234",
                        "tcp://localhost")) {
            assertThat(catchThrowable(() -> dealer.connect(bad)))
                    .as(bad)
                    .isInstanceOfAny(ZmqException.class, IllegalArgumentException.class);
        }
        assertThat(catchThrowable(() -> dealer.connect("invalid://localhost:1234")))
                .isInstanceOfSatisfying(
                        ZmqException.class,
                        e -> assertThat(e.errno()).isEqualTo(Errno.EPROTONOSUPPORT));
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "IPC"})
    void shouldHaveNobodyToSendToAfterUnbind(Transport transport) {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        String endpoint = push.bind(transport.fresh());
        pull.connect(endpoint);
        push.send("before");
        assertThat(Deadline.text(pull)).isEqualTo("before");

        push.unbind(endpoint);

        Deadline.until("the peer is gone", () -> !push.trySend("after"));
    }

    @Test
    void shouldHaveNobodyToSendToAfterDisconnect() {
        PushSocket push = context.push();
        PullSocket pull = context.pull();
        String endpoint = pull.bind(Transport.TCP.fresh());
        push.connect(endpoint);
        push.send("before");
        assertThat(Deadline.text(pull)).isEqualTo("before");

        push.disconnect(endpoint);

        assertThat(push.trySend("after")).isFalse();
    }

    /** Each of several endpoints serves, and one that is given up serves no more. */
    @Test
    void shouldAskThroughSeveralEndpoints() {
        RepSocket rep = context.rep();
        List<String> endpoints =
                List.of(rep.bind(Transport.TCP.fresh()), rep.bind(Transport.TCP.fresh()));
        for (String endpoint : endpoints) {
            ReqSocket req = context.req();
            req.connect(endpoint);
            assertAsked(req, rep, endpoint);
        }
        rep.unbind(endpoints.get(0));
        ReqSocket req = context.req();
        req.connect(endpoints.get(1));

        assertAsked(req, rep, "the other one still serves");
    }

    /** An interval of -1, which is {@code FOREVER}, means never. */
    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "IPC"})
    void shouldNotConnectAgainIfToldSo(Transport transport) {
        PushSocket push = context.push();
        push.set(SocketOption.RECONNECT_IVL, SocketOption.FOREVER);
        SocketMonitor monitor = push.monitor();
        PullSocket pull = context.pull();
        String endpoint = pull.bind(transport.fresh());
        push.connect(endpoint);
        push.send("first");
        assertThat(Deadline.text(pull)).isEqualTo("first");
        pull.unbind(endpoint);
        assertThat(pull.tryReceive()).isEmpty();
        MonitorEvent event;
        do {
            event = monitor.receive(Deadline.LIMIT).orElseThrow();
        } while (!(event instanceof MonitorEvent.Disconnected));
        PullSocket next = context.pull();
        Deadline.until("bound again", () -> catchThrowable(() -> next.bind(endpoint)) == null);
        push.trySend("second");
        assertThat(next.receive(Duration.ofMillis(300))).isEmpty();

        push.connect(endpoint);

        push.send("third");
        assertThat(Deadline.text(next)).isEqualTo("third");
    }

    @Test
    void shouldTellEachStepOfAReconnect() {
        PushSocket push = context.push();
        push.set(SocketOption.RECONNECT_IVL, Duration.ofMillis(10));
        SocketMonitor monitor = push.monitor();
        PullSocket pull = context.pull();
        String endpoint = pull.bind(Transport.TCP.fresh());
        push.connect(endpoint);
        assertNext(monitor, MonitorEvent.ConnectDelayed.class, MonitorEvent.Connected.class);
        assertNext(monitor, MonitorEvent.HandshakeSucceeded.class);

        pull.close();

        assertNext(monitor, MonitorEvent.Disconnected.class, MonitorEvent.ConnectRetried.class);
        PullSocket next = context.pull();
        Deadline.until("bound again", () -> catchThrowable(() -> next.bind(endpoint)) == null);
        MonitorEvent event;
        do {
            event = monitor.receive(Deadline.LIMIT).orElseThrow();
        } while (!(event instanceof MonitorEvent.Connected));
        assertNext(monitor, MonitorEvent.HandshakeSucceeded.class);
    }

    @SafeVarargs
    private static void assertNext(
            SocketMonitor monitor, Class<? extends MonitorEvent>... expected) {
        for (Class<? extends MonitorEvent> type : expected) {
            assertThat(monitor.receive(Deadline.LIMIT).orElseThrow()).isInstanceOf(type);
        }
    }
}

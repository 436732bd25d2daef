// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Multipart;
import io.panamq.PubSocket;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.RepSocket;
import io.panamq.ReqSocket;
import io.panamq.SubSocket;
import io.panamq.Zmq;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.support.Deadline;
import io.panamq.support.WithContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transports that only some builds or kernels have: ws, tipc, vsock. */
class OtherTransportsTest extends WithContext {
    private static final String ANY = "ws://127.0.0.1:*";

    private static void assumeWebSockets() {
        assumeTrue(Zmq.has(Capability.WS), "this libzmq has no WebSocket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/path"})
    void shouldAskAndReplyOverWebSockets(String path) {
        assumeWebSockets();
        RepSocket rep = context.rep();
        ReqSocket req = context.req();
        req.connect(rep.bind(ANY + path));

        req.send("question");
        assertThat(rep.receiveString(Deadline.LIMIT)).contains("question");
        rep.send("answer");
        assertThat(req.receiveString(Deadline.LIMIT)).contains("answer");
    }

    /** The sizes where the frames of a WebSocket change their form. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 124, 125, 126, 127, 65_533, 65_535, 65_536, 1_000_000})
    void shouldCarryFramesOfAllSizesOverWebSockets(int size) {
        assumeWebSockets();
        PullSocket pull = context.pull();
        PushSocket push = context.push();
        push.connect(pull.bind(ANY));
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i * 31);
        }

        push.send(Multipart.of(content, new byte[0], content));
        try (Multipart received = pull.receiveMultipart(Deadline.LIMIT).orElseThrow()) {
            assertThat(received.toByteArrays()).containsExactly(content, new byte[0], content);
        }
    }

    @Test
    void shouldSubscribeOverWebSockets() {
        assumeWebSockets();
        PubSocket pub = context.pub();
        SubSocket sub = context.sub();
        sub.subscribe("a");
        sub.connect(pub.bind(ANY));

        Deadline.until(
                "the subscription arrives",
                () -> {
                    pub.send("b, which nobody wants");
                    pub.send("a");
                    return sub.tryReceiveString().filter("a"::equals).isPresent();
                });
    }

    /** The module {@code tipc} of the kernel must be loaded. */
    @Test
    void shouldTalkOverTipc() {
        assumeTrue(Zmq.has(Capability.TIPC), "this libzmq has no tipc");
        PullSocket pull = context.pull();
        Throwable refusal = catchThrowable(() -> pull.bind("tipc://{5560,0,0}"));
        assumeTrue(refusal == null, "this kernel has no tipc: " + refusal);
        PushSocket push = context.push();
        push.connect("tipc://{5560,0}@0.0.0");

        push.send("over tipc");
        assertThat(pull.receiveString(Deadline.LIMIT)).contains("over tipc");
    }

    /** libzmq calls the transport of virtual machines vmci, and no distribution builds it. */
    @ParameterizedTest
    @ValueSource(strings = {"vsock://*:5555", "vmci://*:5555"})
    void shouldTalkToVirtualMachinesOrRefuse(String endpoint) {
        PullSocket pull = context.pull();
        Throwable refusal = catchThrowable(() -> pull.bind(endpoint));
        if (refusal != null) {
            assertThatThrownBy(() -> pull.bind(endpoint))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("unknown transport");
        }
        assumeTrue(refusal == null, "this libzmq has no transport of virtual machines");
        PushSocket push = context.push();
        push.connect(endpoint.replace("*", "1"));

        push.send("to a machine");
        assertThat(pull.receiveString(Deadline.LIMIT)).contains("to a machine");
    }
}

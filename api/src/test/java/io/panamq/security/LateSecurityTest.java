// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.PullSocket;
import io.panamq.Socket;
import io.panamq.SocketOption;
import io.panamq.SocketSecurity;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Checks that no socket stays open, or talks in clear text, because its security was set after bind
 * or connect, of which libzmq would say nothing.
 */
class LateSecurityTest extends WithContext {
    private static final CurveKeyPair KEYS = Curve.keyPair();

    private enum Setting {
        CURVE_SERVER,
        CURVE_CLIENT,
        CURVE_PUBLICKEY,
        PLAIN_SERVER,
        PLAIN_CLIENT,
        ZAP_DOMAIN;

        void apply(Socket socket) {
            SocketSecurity security = socket.security();
            switch (this) {
                case CURVE_SERVER -> security.curveServer(KEYS);
                case CURVE_CLIENT -> security.curveClient(KEYS.publicKey(), KEYS);
                case CURVE_PUBLICKEY -> socket.set(SocketOption.CURVE_PUBLICKEY, KEYS.publicKey());
                case PLAIN_SERVER -> security.plainServer();
                case PLAIN_CLIENT -> security.plainClient("user", "password");
                case ZAP_DOMAIN -> security.authenticate("domain");
            }
        }
    }

    private static void assertLate(Setting setting, Socket socket) {
        int mechanism = socket.get(SocketOption.MECHANISM);

        assertThatThrownBy(() -> setting.apply(socket))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(socket + " must be set before bind and connect");

        assertThat(socket.get(SocketOption.MECHANISM)).isEqualTo(mechanism);
        assertThat(socket.get(SocketOption.ZAP_DOMAIN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeRefusedAfterBind(Setting setting) {
        PullSocket socket = context.pull();
        socket.bind(Transport.TCP.fresh());

        assertLate(setting, socket);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeRefusedAfterConnect(Setting setting) {
        PullSocket socket = context.pull();
        socket.connect(Transport.nowhere());

        assertLate(setting, socket);
    }

    /** An option that was refused for its value announces nothing. */
    @Test
    void shouldBeRefusedAlsoAfterAnAttemptThatFailed() {
        PullSocket socket = context.pull();
        assertThatThrownBy(() -> socket.set(SocketOption.CURVE_SERVERKEY, "no key"))
                .isInstanceOf(IllegalArgumentException.class);
        socket.connect(Transport.nowhere());

        assertLate(Setting.CURVE_CLIENT, socket);
    }

    /** Its encryption does not say who is there. */
    @Test
    void shouldBeRefusedForADomainOfASocketWithCurve() {
        PullSocket socket = context.pull();
        socket.security().curveServer(KEYS);
        socket.bind(Transport.TCP.fresh());

        assertLate(Setting.ZAP_DOMAIN, socket);
        assertLate(Setting.PLAIN_SERVER, socket);
    }

    /** Such as the keys of several servers to which one client connects. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ZAP_DOMAIN", "CURVE_PUBLICKEY"})
    void shouldTakeOtherValuesOfTheSameMechanism(Setting setting) {
        PullSocket socket = context.pull();
        setting.apply(socket);
        socket.connect(Transport.nowhere());

        assertThatCode(
                        () -> {
                            setting.apply(socket);
                            socket.connect(Transport.nowhere());
                        })
                .doesNotThrowAnyException();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.bindings.Platform;
import io.panamq.bindings.libzmq.zmq_h;
import io.panamq.internal.error.Failures;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests error numbers, and the exceptions that explain them. */
class ZmqExceptionTest {
    @ParameterizedTest
    @EnumSource
    void shouldFindEachErrorByItsNumber(Errno errno) {
        assertThat(Errno.of(errno.number())).isEqualTo(errno);
    }

    @Test
    void shouldCallOtherNumbersUnknownAndKeepThem() {
        assertThat(Errno.of(123456)).isEqualTo(Errno.UNKNOWN);
        ZmqException e = Failures.of(-123456, "bind", "tcp://x", "PUB#7");

        assertThat(e.errno()).isEqualTo(Errno.UNKNOWN);
        assertThat(e.number()).isEqualTo(123456);
        assertThat(e).hasMessageContaining("123456");
    }

    @Test
    void shouldHaveTheNumbersOfTheHeaderFile() {
        assertThat(Errno.EFSM.number()).isEqualTo(zmq_h.EFSM());
        assertThat(Errno.ETERM.number()).isEqualTo(zmq_h.ETERM());
        assertThat(Errno.EMTHREAD.number()).isEqualTo(zmq_h.EMTHREAD());
        assertThat(Errno.ENOCOMPATPROTO.number()).isEqualTo(zmq_h.ENOCOMPATPROTO());
        if (Platform.current().os().equals("linux")) {
            assertThat(Errno.EAGAIN.number()).isEqualTo(11);
            assertThat(Errno.EADDRINUSE.number()).isEqualTo(98);
            assertThat(Errno.EHOSTUNREACH.number()).isEqualTo(113);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameOperationEndpointSocketAndError(Errno errno) {
        ZmqException e = Failures.of(-errno.number(), "bind", "tcp://1.2.3.4:5", "PUB#7");

        assertThat(e).hasMessageStartingWith("bind tcp://1.2.3.4:5 on PUB#7 failed: " + errno);
        assertThat(e.getMessage().length())
                .as("advice: %s", e.getMessage())
                .isGreaterThan(("bind tcp://1.2.3.4:5 on PUB#7 failed: " + errno).length() + 10);
        assertThat(e.errno()).isEqualTo(errno);
        assertThat(e.number()).isEqualTo(errno.number());
        assertThat(e.operation()).isEqualTo("bind");
        assertThat(e.endpoint()).isEqualTo("tcp://1.2.3.4:5");
    }

    @ParameterizedTest
    @CsvSource({
        "ETERM, ContextTerminatedException",
        "ENOTSOCK, SocketClosedException",
        "EINTR, OperationInterruptedException",
        "EHOSTUNREACH, UnreachablePeerException",
        "EFSM, ProtocolStateException",
        "ENOTSUP, UnsupportedFeatureException",
        "EPROTONOSUPPORT, UnsupportedFeatureException",
        "ENOCOMPATPROTO, UnsupportedFeatureException",
        "EAFNOSUPPORT, UnsupportedFeatureException",
        "EADDRINUSE, ZmqException",
        "EMFILE, ZmqException",
        "EINVAL, ZmqException"
    })
    void shouldHaveATypeOfItsOwnWhereCallersActDifferently(Errno errno, String type) {
        ZmqException e = Failures.of(-errno.number(), "send", "a socket");

        assertThat(e.getClass().getSimpleName()).isEqualTo(type);
        assertThat(e.endpoint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENOCOMPATPROTO | udp://127.0.0.1:5 | it is for RADIO, DISH and DGRAM",
                "ENOCOMPATPROTO | epgm://eth0;239.192.1.1:5 | it is for PUB, SUB, XPUB and XSUB",
                "ENOCOMPATPROTO | ws://127.0.0.1:5 | cannot carry this socket type",
                "EAGAIN | tipc://bad | libzmq tells no reason: bind tipc://{type,lower,upper}",
                "EAGAIN | tcp://127.0.0.1:5 | EAGAIN, error",
                "EINVAL | tipc://bad | write transport://address"
            })
    void shouldSayWhatFitsTheTransport(Errno errno, String endpoint, String advice) {
        assertThat(Failures.of(-errno.number(), "bind", endpoint, "PUSH#1"))
                .hasMessageContaining(advice);
    }

    @Test
    void shouldBeExtendedByThisModuleOnly() {
        for (Class<?> type : ZmqException.class.getPermittedSubclasses()) {
            assertThat(Modifier.isFinal(type.getModifiers())).isTrue();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.support.WithContext;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Produces each error that a public call can have, by a real call, and checks the type of the
 * exception, its number, and that its text names the call, the socket and what to do.
 */
class ErrnoTest extends WithContext {
    private static final String TRANSPORT =
            "libzmq's threads have it on a connection: it is in monitor events, or causes a"
                    + " new attempt";

    @TempDir Path folder;

    static Stream<ErrnoCase> cases() {
        return Stream.of(EndpointErrors.cases(), SocketErrors.cases())
                .flatMap(cases -> cases.stream());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldNameTheErrorTheCallTheSocketAndTheRemedy(ErrnoCase each) {
        assumeTrue(each.isPossible().getAsBoolean(), "this system cannot produce it");
        Throwable thrown = catchThrowable(() -> each.call().run(context, folder));

        assertThat(thrown).isExactlyInstanceOf(each.type());
        ZmqException e = (ZmqException) thrown;
        assertThat(e.errno()).isEqualTo(each.errno());
        assertThat(e.operation()).isEqualTo(each.operation());
        assertThat(e)
                .hasMessageStartingWith(each.operation())
                .hasMessageContaining(each.subject())
                .hasMessageContaining(e.endpoint())
                .hasMessageContaining(each.remedy());
    }

    /** Returns the errors that no call can throw, and why. */
    private static Map<Errno, String> never() {
        Map<Errno, String> never = new EnumMap<>(Errno.class);
        never.put(Errno.EAGAIN, "no message or no room is false, 0 or an empty Optional");
        never.put(Errno.EFAULT, "all handles and pointers are ours; only monitor events have it");
        never.put(Errno.EBADF, "a poller reports a descriptor that is not open as an event");
        never.put(Errno.EMSGSIZE, "a message that does not fit is an illegal argument");
        never.put(Errno.ENOBUFS, TRANSPORT);
        never.put(Errno.ENETDOWN, TRANSPORT);
        never.put(Errno.EINPROGRESS, TRANSPORT);
        never.put(Errno.ENETUNREACH, TRANSPORT);
        never.put(Errno.ECONNABORTED, TRANSPORT);
        never.put(Errno.ECONNRESET, TRANSPORT);
        never.put(Errno.ENOTCONN, TRANSPORT);
        never.put(Errno.ETIMEDOUT, TRANSPORT);
        never.put(Errno.ENETRESET, TRANSPORT);
        never.put(Errno.EPIPE, TRANSPORT);
        never.put(Errno.EPROTO, TRANSPORT);
        return never;
    }

    @Test
    void shouldKnowNoOtherErrors() {
        Set<Errno> known = EnumSet.copyOf(never().keySet());
        cases().map(ErrnoCase::errno)
                .distinct()
                .forEach(errno -> assertThat(known.add(errno)).as("%s", errno).isTrue());

        assertThat(known).isEqualTo(EnumSet.allOf(Errno.class));
    }
}

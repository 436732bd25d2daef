// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.CloseReport;
import io.panamq.Context;
import io.panamq.Internals;
import io.panamq.PairSocket;
import io.panamq.PullSocket;
import io.panamq.SocketOption;
import io.panamq.internal.socket.SocketCore;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that closing a context takes only its own time, whatever other threads do with it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseDeadlineTest {
    private final Context context = Context.builder().linger(SocketOption.FOREVER).build();

    @AfterEach
    void closeContext() {
        assertThat(context.close(Deadline.LIMIT).terminated()).isTrue();
    }

    @Test
    void shouldNotWaitLongerThanItsOwnTimeForAnotherThreadThatCloses() throws Exception {
        PairSocket stuck = context.pair();
        stuck.handOver();
        var inside = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        Background.run(() -> stay(stuck, inside, end));
        inside.await();
        var first = Background.start(() -> context.close(Deadline.LIMIT));
        Deadline.until("the first has begun", stuck::isClosed);

        CloseReport report = context.close(Duration.ZERO);

        assertThat(first.thread().isAlive()).as("the first is not done").isTrue();
        assertThat(report.terminated()).isFalse();
        assertThat(report.stillOpen()).containsExactly("PAIR#1");
        var third = Background.start(() -> context.close(Deadline.LIMIT));
        end.countDown();
        assertThat(first.result().terminated()).isTrue();
        assertThat(List.of(third.result(), context.close(Duration.ZERO)))
                .containsOnly(first.result());
    }

    /** As an overflow of its stack may leave it. */
    @Test
    void shouldCloseASocketWhoseThreadHasEndedInACall() {
        PairSocket left = context.pair();
        left.handOver();
        Background.run(() -> Internals.core(left).enter("a call that was cut off")).result();

        CloseReport report = context.close(Deadline.LIMIT);

        assertThat(report.terminated()).isTrue();
        assertThat(report.abandoned()).isEmpty();
    }

    private static void stay(PairSocket stuck, CountDownLatch inside, CountDownLatch end) {
        Internals.core(stuck).enter("a call that does not return");
        try {
            inside.countDown();
            end.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            Internals.core(stuck).exit();
        }
    }

    @Test
    void shouldNotWaitForWhoeverLocksTheContext() {
        synchronized (context) {
            PullSocket pull = Background.start(context::pull).result();
            Background.run(context::shutdown).result();
            assertThat(Background.start(() -> context.close(Deadline.LIMIT)).result().terminated())
                    .isTrue();
            assertThat(pull.isClosed()).isTrue();
        }
    }

    @Test
    void shouldSayNoMoreThanIsKnownOfAContextThatDoesNotEnd() {
        assertThat(SocketRegistry.reason(List.of(), true))
                .contains("may be messages still to be sent", "time was too short");
        assertThat(SocketRegistry.reason(List.of(), false))
                .contains("inproc names that nobody has bound");
    }

    @Test
    void shouldForgetAllInprocNamesOfASocketThatIsClosed() {
        PullSocket pull = context.pull();
        List.of("inproc://one", "inproc://two", "inproc://three").forEach(pull::bind);
        pull.unbind("inproc://two");
        context.push().bind("inproc://two");
        SocketCore unfit = Internals.core(context.sub());
        InprocRegistry names = Internals.of(context).endpoints.inproc;
        synchronized (names) {
            assertThatThrownBy(() -> names.checkConnect(unfit, "inproc://one"))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        pull.close();

        synchronized (names) {
            names.checkConnect(unfit, "inproc://one");
            names.checkConnect(unfit, "inproc://three");
            assertThatThrownBy(() -> names.checkConnect(unfit, "inproc://two"))
                    .as("another socket's")
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

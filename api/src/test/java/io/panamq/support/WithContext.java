// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Context;
import io.panamq.PairSocket;
import io.panamq.internal.socket.BlockingWait;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Gives each test a context, which must end in time whatever the test left open. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class WithContext {
    public final Context context = Context.builder().linger(Duration.ZERO).build();

    @AfterEach
    protected void closeContext() {
        BlockingWait.slicesOfPatience = BlockingWait.PATIENCE;
        assertThat(context.close(Deadline.LIMIT).terminated())
                .as("context ended within %s", Deadline.LIMIT)
                .isTrue();
    }

    /** Returns two connected sockets. The second one is bound. */
    protected PairSocket[] connectedPair(Transport transport) {
        PairSocket connected = context.pair();
        PairSocket bound = context.pair();
        connected.connect(bound.bind(transport.fresh()));
        return new PairSocket[] {connected, bound};
    }

    /** Returns whether this thread owns the socket, which it takes over if nobody owns it. */
    protected static boolean tryOwn(PairSocket pair) {
        try {
            pair.tryReceive();
            return true;
        } catch (WrongThreadException e) {
            return false;
        }
    }
}

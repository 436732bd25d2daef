// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.SettledSlots;
import io.panamq.support.Transport;
import io.panamq.support.WithContext;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that a frame of a batch that was handed over is no frame of the socket any more. */
@ExtendWith(SettledSlots.class)
class BatchHandOverTest extends WithContext {
    /** More than a socket receives in one call, so that it puts frames with views aside. */
    private static final int MANY = 200;

    @Test
    void shouldNotTakeBackAFrameThatWasHandedOverLate() {
        PairSocket[] pair = connectedPair(Transport.INPROC);
        for (int i = 0; i < MANY; i++) {
            assertThat(pair[0].trySend("frame " + i)).isTrue();
        }
        int before = Internals.slotsInUse();
        List<Message> kept = new ArrayList<>();
        int[] count = new int[1];
        int handled =
                pair[1].bulkReceiver()
                        .receiveBatch(
                                frame -> {
                                    count[0]++;
                                    if (count[0] == 1) {
                                        assertThat(frame.data().get(ValueLayout.JAVA_BYTE, 0))
                                                .isEqualTo((byte) 'f');
                                        kept.add(frame);
                                    } else if (count[0] == MANY) {
                                        kept.getFirst().handOver();
                                        assertThat(kept.getFirst().size()).isPositive();
                                    }
                                },
                                MANY);

        assertThat(handled).isEqualTo(MANY);
        assertThat(kept.getFirst().getString()).isEqualTo("frame 0");
        pair[0].tryReceive(kept.getFirst());
        kept.getFirst().close();
        pair[1].close();
        assertThat(Internals.slotsInUse()).isEqualTo(before);
    }
}

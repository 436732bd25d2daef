// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.support.ChildJvm;
import io.panamq.support.NewerLibrary;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a libzmq without drafts refuses what is one, and names the reason. */
class DraftRefusalTest {
    /** Debian builds libzmq without drafts. */
    @Test
    void shouldNameTheReasonOnTheSystemsLibrary(@TempDir Path temp) {
        ChildJvm child = new ChildJvm(temp).with("-Dpanamq.library.source=system");
        assertRefused(child.run(60, DraftRefusal.class).output());
    }

    @Test
    void shouldNameTheReasonOnTheNewestReleaseOfADistribution(@TempDir Path temp) {
        assertRefused(NewerLibrary.require().run(temp, 60, DraftRefusal.class).output());
    }

    private static void assertRefused(String output) {
        assertThat(output.strip()).startsWith("REFUSED ").endsWith("without drafts");
        int refused = Integer.parseInt(output.split(" ")[1]);
        // 9 types in two ways, and 32 draft options of up to 12 types, most of them in two ways
        assertThat(refused).isGreaterThan(400);
    }
}

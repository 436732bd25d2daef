// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LibraryVersionTest {

    @Test
    void shouldOrderByNumberAndNotByText() {
        List<LibraryVersion> ordered =
                List.of(
                        new LibraryVersion(3, 9, 9),
                        new LibraryVersion(4, 2, 5),
                        new LibraryVersion(4, 3, 0),
                        new LibraryVersion(4, 3, 2),
                        new LibraryVersion(4, 3, 10),
                        new LibraryVersion(4, 10, 0));

        assertThat(ordered.reversed().stream().sorted()).isEqualTo(ordered);
    }

    @Test
    void shouldReadAsThreeNumbers() {
        assertThat(new LibraryVersion(4, 3, 5)).hasToString("4.3.5");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void shouldTakeTheMiddleOfAnOddNumber() {
        Series series = Series.of(List.of(5.0, 1.0, 3.0), null);
        assertThat(series.median()).isEqualTo(3.0);
        assertThat(series.min()).isEqualTo(1.0);
        assertThat(series.max()).isEqualTo(5.0);
        assertThat(series.values()).as("in the order of the rounds").containsExactly(5.0, 1.0, 3.0);
    }

    @Test
    void shouldTakeTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
        assertThat(Series.of(List.of(10.0, 1.0, 2.0, 4.0), null).median()).isEqualTo(3.0);
    }

    @Test
    void shouldHaveNoMedianWithoutValues() {
        Series absent = Series.of(List.of(), "n/a: no C compiler");
        assertThat(absent.median()).isNull();
        assertThat(absent.failed()).isFalse();
        assertThat(Series.of(List.of(1.0), "failed: it").failed()).isTrue();
    }
}

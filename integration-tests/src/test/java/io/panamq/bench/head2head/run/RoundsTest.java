// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.bench.head2head.model.Cell;
import io.panamq.bench.head2head.model.Contender;
import io.panamq.bench.head2head.model.Failure;
import io.panamq.bench.head2head.model.Goal;
import io.panamq.bench.head2head.model.Result;
import io.panamq.bench.head2head.model.Samples;
import io.panamq.bench.head2head.model.Series;
import io.panamq.bench.head2head.model.Settings;
import io.panamq.bench.head2head.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RoundsTest {
    private static final int ROUNDS = 3;
    private static final String LARGE = "pushpull-tcp2-32768";
    private static final String SMALL = "pushpull-tcp2-8";

    /** Gives 1, 2, 3 … to each contender; the given calls of one of them fail. */
    private static final class Fake implements Measurer {
        final List<Contender> calls = new ArrayList<>();
        private final Contender failing;
        private final List<Integer> failures;
        private final Exception failure;

        Fake(Contender failing, Exception failure, Integer... failures) {
            this.failing = failing;
            this.failure = failure;
            this.failures = List.of(failures);
        }

        @Override
        public List<Double> measure(Cell cell, Contender contender) throws IOException {
            calls.add(contender);
            int call = count(contender);
            if (contender == failing && failures.contains(call)) {
                if (failure instanceof IOException e) {
                    throw e;
                }
                throw (MeasurementException) failure;
            }
            return List.of((double) call);
        }

        int count(Contender contender) {
            return (int) calls.stream().filter(contender::equals).count();
        }
    }

    private final Exception late = new MeasurementException("no result in time");

    private static Rounds rounds(String cell, Fake fake) {
        List<String> all = Arrays.stream(Contender.values()).map(c -> c.id).toList();
        var settings = new Settings(ROUNDS, 1, 1, cell + "$", all, 0, 1);
        return new Rounds(settings, contender -> null, fake);
    }

    private static List<Double> values(Result result, Contender contender) {
        return result.contenders().get(contender.id).values();
    }

    @Test
    void shouldMeasureEachOnceInEachRound() throws Exception {
        var fake = new Fake(null, null);
        Rounds rounds = rounds(LARGE, fake);
        Result result = rounds.run().get(0);
        assertThat(result.contenders()).hasSize(5);
        assertThat(result.contenders().values())
                .allSatisfy(series -> assertThat(series.values()).containsExactly(1.0, 2.0, 3.0));
        assertThat(fake.calls).hasSize(5 * ROUNDS);
        assertThat(rounds.failures()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"C_SYSTEM", "JEROMQ", "SOCKET"})
    void shouldTryAForeignContenderAgainAtOnce(Contender contender) throws Exception {
        var fake = new Fake(contender, late, 2);
        Rounds rounds = rounds(LARGE, fake);
        Result result = rounds.run().get(0);
        assertThat(values(result, contender)).containsExactly(1.0, 3.0, 4.0);
        assertThat(result.contenders().get(contender.id).problem()).isNull();
        assertThat(rounds.failures())
                .containsExactly(new Failure(LARGE, contender.id, 2, "no result in time", true));
        int first = fake.calls.subList(5, fake.calls.size()).indexOf(contender) + 5;
        assertThat(fake.calls.get(first + 1)).isEqualTo(contender);
        assertThat(fake.calls).hasSize(5 * ROUNDS + 1);
        assertThat(Samples.report(rounds.failures(), result).failed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"C_SYSTEM", "JEROMQ", "SOCKET"})
    void shouldGoOnWithTheOtherRoundsWhenItFailsTwice(Contender contender) throws Exception {
        var fake = new Fake(contender, late, 2, 3);
        Rounds rounds = rounds(LARGE, fake);
        Result result = rounds.run().get(0);
        assertThat(values(result, contender)).containsExactly(1.0, 4.0);
        assertThat(values(result, Contender.PANAMQ)).containsExactly(1.0, 2.0, 3.0);
        assertThat(result.contenders().get(contender.id).problem())
                .isEqualTo("failed: no result in time");
        assertThat(result.ratios()).containsEntry(contender.id, 2.0 / 2.5);
        assertThat(rounds.failures())
                .containsExactly(new Failure(LARGE, contender.id, 2, "no result in time", false));
        assertThat(Samples.report(rounds.failures(), result).failed()).isFalse();
    }

    @Test
    void shouldInventNoRatioWithoutAnyRound() throws Exception {
        var fake = new Fake(Contender.JEROMQ, late, 1, 2, 3, 4, 5, 6);
        Rounds rounds = rounds(LARGE, fake);
        List<Result> results = rounds.run();
        assertThat(results.get(0).ratios()).containsOnlyKeys("c", "c-system", "socket");
        assertThat(results.get(0).goalBeside(Contender.JEROMQ).state())
                .isEqualTo(Goal.State.UNKNOWN);
        assertThat(rounds.failures()).extracting(Failure::round).containsExactly(1, 2, 3);
        assertThat(Table.ratios(results).lines().skip(2).toList())
                .singleElement()
                .asString()
                .contains("32 KiB", " failed |");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"C_SYSTEM", "JEROMQ", "SOCKET"},
            mode = Mode.EXCLUDE)
    void shouldNotTryOursAgain(Contender contender) throws Exception {
        var fake = new Fake(contender, late, 2);
        Rounds rounds = rounds(SMALL, fake);
        Result result = rounds.run().get(0);
        assertThat(fake.count(contender)).isEqualTo(ROUNDS);
        assertThat(values(result, contender)).containsExactly(1.0, 3.0);
        assertThat(rounds.failures())
                .containsExactly(new Failure(SMALL, contender.id, 2, "no result in time", false));
        assertThat(Samples.report(rounds.failures(), result).failed()).isTrue();
    }

    @Test
    void shouldTakeAProgramThatDoesNotStartForAFailure() throws Exception {
        var fake = new Fake(Contender.C_SYSTEM, new IOException("Cannot run program"), 1, 2);
        Rounds rounds = rounds(LARGE, fake);
        assertThat(values(rounds.run().get(0), Contender.C_SYSTEM)).containsExactly(3.0, 4.0);
        assertThat(rounds.failures())
                .containsExactly(new Failure(LARGE, "c-system", 1, "Cannot run program", false));
    }

    @Test
    void shouldAskOnceForWhatIsNotAvailable() throws Exception {
        var absent = new MeasurementException("n/a: its ipc is no Unix socket");
        var fake = new Fake(Contender.JEROMQ, absent, 1);
        Rounds rounds = rounds(LARGE, fake);
        Series series = rounds.run().get(0).contenders().get("jeromq");
        assertThat(series.problem()).isEqualTo("n/a: its ipc is no Unix socket");
        assertThat(fake.count(Contender.JEROMQ)).isEqualTo(1);
        assertThat(rounds.failures()).isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.bench.head2head.model.Cell;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ArgumentsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--rounds 0                 | --rounds is not in 1 to 1000: 0",
                "--rounds many              | Invalid value for option '--rounds'",
                "--seconds 0                | --seconds is not in",
                "--seconds NaN              | --seconds is not in",
                "--warmup -1                | --warmup is not in",
                "--batch-size 1             | --batch-size is not in",
                "--io-threads 0             | --io-threads is not in",
                "--only (                   | --only: Unclosed group",
                "--only nothing-like-that   | matches no cell",
                "--contenders c,zmq         | no contender zmq: there are c, c-system, jeromq",
                "--quick --publish          | --publish wants the whole run",
                "--publish --only tcp       | --publish wants the whole run",
                "--unknown                  | Unknown option: '--unknown'",
            })
    void shouldSayWhatIsWrong(String arguments, String message) {
        var err = new StringWriter();
        int exit =
                new CommandLine(new Head2Head())
                        .setErr(new PrintWriter(err))
                        .execute(arguments.split(" "));
        assertThat(err.toString()).contains(message);
        assertThat(exit).isEqualTo(2);
    }

    @Test
    void shouldHaveACellForEachNameOnce() {
        assertThat(Cell.all()).hasSize(26).extracting(Cell::name).doesNotHaveDuplicates();
    }
}

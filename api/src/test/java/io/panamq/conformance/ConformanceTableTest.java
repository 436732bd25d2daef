// SPDX-License-Identifier: Apache-2.0
package io.panamq.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that CONFORMANCE.md names a test of its own for each file, or says why not. */
class ConformanceTableTest {
    private static final Pattern ROW = Pattern.compile("\\| (test_\\w+) \\| (.+) \\|");
    private static final Pattern NAME = Pattern.compile("(\\w+)#(\\w+)");
    private static final Path SOURCES = Path.of("src/test/java");

    @Test
    void shouldNameATestForEachFileOrSayWhyNot() throws IOException {
        Map<String, String> sources = sources();
        List<String> files = new ArrayList<>();
        List<String> tests = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/CONFORMANCE.md"))) {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                continue;
            }
            files.add(row.group(1));
            Matcher name = NAME.matcher(row.group(2));
            if (!name.matches()) {
                assertThat(row.group(2)).as(row.group(1)).matches("no: .{10,}");
                continue;
            }
            tests.add(name.group());
            assertThat(sources.get(name.group(1)))
                    .as(name.group())
                    .contains("void " + name.group(2) + "(");
        }

        assertThat(files).hasSize(142).doesNotHaveDuplicates().isSorted();
        assertThat(tests).hasSizeGreaterThanOrEqualTo(95).doesNotHaveDuplicates();
    }

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .collect(
                            Collectors.toMap(
                                    file -> file.getFileName().toString().replace(".java", ""),
                                    ConformanceTableTest::read,
                                    (one, other) -> one));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

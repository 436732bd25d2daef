// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests that the README of the bundled library has a row for each edit, and no other one. */
class EditRowsTest {
    private static final Path NATIVE = Path.of("native");
    private static final Pattern EDIT = Pattern.compile("harden (\\S+)");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z][a-z0-9-]*)` \\| .*");

    @Test
    void shouldHaveARowForEachEdit() throws IOException {
        List<String> edits = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(NATIVE.resolve("steps"), "edits-*")) {
            for (Path file : files) {
                edits.addAll(names(EDIT, Files.readAllLines(file)));
            }
        }
        String readme = Files.readString(NATIVE.resolve("README.md"));
        int start = readme.indexOf("| name | prevents |");
        String table = readme.substring(start, readme.indexOf("\n\n", start));

        assertThat(edits).hasSizeGreaterThan(40).doesNotHaveDuplicates();
        assertThat(names(ROW, table.lines().toList())).containsExactlyInAnyOrderElementsOf(edits);
    }

    private static List<String> names(Pattern line, List<String> lines) {
        return lines.stream()
                .map(line::matcher)
                .filter(Matcher::matches)
                .map(name -> name.group(1))
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.io.PrintWriter;
import java.util.List;

/** Prints totals as {@code wc} does, with the CRC-32C in front of the name. */
final class ResultTable {
    private ResultTable() {}

    static void print(List<FileTotal> totals, int wholeCrc, PrintWriter out) {
        long lines = totals.stream().mapToLong(FileTotal::lines).sum();
        long words = totals.stream().mapToLong(FileTotal::words).sum();
        long bytes = totals.stream().mapToLong(FileTotal::bytes).sum();
        int width = Math.max(7, Long.toString(bytes).length());
        String heading = "%%%1$ds %%%1$ds %%%1$ds %%8s  %%s%%n".formatted(width);
        String row = "%%%1$dd %%%1$dd %%%1$dd %%08x  %%s%%n".formatted(width);
        out.printf(heading, "lines", "words", "bytes", "crc32c", "file");
        for (FileTotal file : totals) {
            out.printf(row, file.lines(), file.words(), file.bytes(), file.crc(), file.file());
        }
        out.printf(row, lines, words, bytes, wholeCrc, "total");
    }

    /** Returns the CRC-32C of all files together, one after the other. */
    static int wholeCrc(List<FileTotal> totals) {
        Crc32cCombiner combiner = new Crc32cCombiner();
        int crc = 0;
        for (FileTotal total : totals) {
            crc = combiner.combine(crc, total.crc(), total.bytes());
        }
        return crc;
    }
}

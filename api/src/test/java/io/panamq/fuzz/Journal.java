// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps the last operations of a thread in a mapped file, which survives the process. Each record
 * is a sequence number and a line of text, written while the operation goes on.
 */
final class Journal {
    /** The journal of all event loops. Number 0 belongs to the fuzzer itself. */
    static final int GUESTS = 7;

    private static final int THREADS = 8;
    private static final int RECORDS = 40;
    private static final int LENGTH = 240;
    private static final int TEXT = 8;
    private static final long REGION = (long) RECORDS * LENGTH;

    private final MemorySegment region;
    private long sequence;
    private long start;
    private int used;

    private Journal(MemorySegment region) {
        this.region = region;
    }

    /** Returns the journals of all threads. The first one belongs to the fuzzer itself. */
    static Journal[] create(Path file) throws IOException {
        MemorySegment all = map(file, FileChannel.MapMode.READ_WRITE);
        Journal[] journals = new Journal[THREADS];
        for (int i = 0; i < THREADS; i++) {
            journals[i] = new Journal(all.asSlice(i * REGION, REGION));
        }
        return journals;
    }

    private static MemorySegment map(Path file, FileChannel.MapMode mode) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            return channel.map(mode, 0, THREADS * REGION, Arena.global());
        }
    }

    /** Starts a record. Numbers start at 1. */
    synchronized void begin(String text) {
        start = (sequence++ % RECORDS) * LENGTH;
        region.asSlice(start, LENGTH).fill((byte) 0);
        region.set(JAVA_LONG, start, sequence);
        used = TEXT;
        note(text);
    }

    /** Adds a word to the record. */
    synchronized void note(String text) {
        for (int i = 0; i < text.length() && used < LENGTH - 1; i++) {
            char c = text.charAt(i);
            region.set(JAVA_BYTE, start + used++, (byte) (c < ' ' || c > '~' ? '?' : c));
        }
        if (used < LENGTH - 1) {
            region.set(JAVA_BYTE, start + used++, (byte) ' ');
        }
    }

    /** Returns what each thread of a dead process did last, the newest line at the end. */
    static String read(Path file) throws IOException {
        MemorySegment all = map(file, FileChannel.MapMode.READ_WRITE);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < THREADS; i++) {
            MemorySegment region = all.asSlice(i * REGION, REGION);
            long newest = 0;
            for (int record = 0; record < RECORDS; record++) {
                newest = Math.max(newest, region.get(JAVA_LONG, (long) record * LENGTH));
            }
            if (newest > 0) {
                text.append("thread ").append(i).append(":\n");
            }
            for (long n = Math.max(1, newest - RECORDS + 1); n <= newest; n++) {
                long at = (n - 1) % RECORDS * LENGTH + TEXT;
                text.append("  ").append(region.getString(at).strip()).append('\n');
            }
        }
        return text.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A named pipe, and the number of the descriptor that reads from it. It needs Linux. */
public final class Fifo implements AutoCloseable {
    private final FileInputStream in;
    private final FileOutputStream out;
    private final int fd;

    public Fifo() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("pmq");
        File file = folder.resolve("fifo").toFile();
        int exit = new ProcessBuilder("mkfifo", file.getPath()).start().waitFor();
        if (exit != 0) {
            throw new IOException("mkfifo ended with " + exit);
        }
        // Opened for both directions, it does not wait for the other end.
        var both = new RandomAccessFile(file, "rw");
        out = new FileOutputStream(file);
        Set<Integer> before = numbers(file);
        in = new FileInputStream(file);
        both.close();
        Set<Integer> after = numbers(file);
        after.removeAll(before);
        fd = after.iterator().next();
        Files.delete(file.toPath());
        Files.delete(folder);
    }

    private static Set<Integer> numbers(File file) {
        Set<Integer> numbers = new HashSet<>();
        for (File link : new File("/proc/self/fd").listFiles()) {
            try {
                if (Files.readSymbolicLink(link.toPath()).equals(file.toPath())) {
                    numbers.add(Integer.valueOf(link.getName()));
                }
            } catch (IOException e) {
                // It was closed meanwhile.
            }
        }
        return numbers;
    }

    public int fd() {
        return fd;
    }

    public void write() throws IOException {
        out.write(1);
    }

    public void read() throws IOException {
        if (in.read() != 1) {
            throw new IOException("not what was written");
        }
    }

    public void closeOut() throws IOException {
        out.close();
    }

    void closeIn() throws IOException {
        in.close();
    }

    @Override
    public void close() throws IOException {
        in.close();
        out.close();
    }
}

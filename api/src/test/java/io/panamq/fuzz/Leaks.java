// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Internals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Checks that each episode leaves nothing open, and that memory does not grow in the long run. */
final class Leaks {
    /**
     * How many bytes heap fragmentation and the JVM itself may add to anonymous memory over any
     * run.
     */
    private static final long MOST_GROWTH = 24 << 20;

    /** How long the work of background threads may take, in nanoseconds. */
    static final long PATIENCE =
            TimeUnit.MILLISECONDS.toNanos(Long.getLong("panamq.fuzz.patience", 10_000));

    private final Findings findings;
    private int files;
    private int slots;
    private long memory;

    Leaks(Findings findings) {
        this.findings = findings;
    }

    /**
     * Counts what is open after a first episode, when the JVM has opened what it needs for itself.
     */
    void begin() throws IOException {
        // The first close of a channel opens a descriptor that stays open.
        try (var server =
                        ServerSocketChannel.open()
                                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var client = SocketChannel.open(server.getLocalAddress())) {
            server.accept().close();
            client.shutdownOutput();
        }
        files = openFiles().size();
    }

    /** Checks that an episode left nothing open. The caller has closed everything. */
    void check(long episode) throws IOException {
        String where = "the end of episode " + episode;
        long deadline = System.nanoTime() + PATIENCE;
        while ((openFiles().size() > files || Internals.wrapsHeld() > 0)
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(200_000);
        }
        if (openFiles().size() > files) {
            findings.add(where, "files left open, from " + files + " to " + openFiles(), null);
            files = openFiles().size();
        }
        if (Internals.wrapsHeld() > 0) {
            findings.add(where, Internals.wrapsHeld() + " wrapped messages are held", null);
        }
        int now = Internals.slotsInUse();
        if (now != slots) {
            findings.add(where, "message slots in use: " + slots + " before, now " + now, null);
            slots = now;
        }
    }

    /** Remembers the memory at some time after the start, when all caches are filled. */
    void rememberMemory() throws IOException {
        memory = anonymousMemory();
    }

    void checkMemory() throws IOException {
        long growth = anonymousMemory() - memory;
        if (growth > MOST_GROWTH) {
            findings.add("the end", "memory grew by " + (growth >> 20) + " MiB", null);
        }
    }

    /** Returns native memory in bytes, without the page cache. The Java heap does not grow. */
    static long anonymousMemory() throws IOException {
        System.gc();
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .sum();
        }
    }

    private static Map<String, String> openFiles() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : links.toList()) {
                if (Files.isSymbolicLink(link)) {
                    files.put(link.getFileName().toString(), target(link));
                }
            }
        }
        files.values().removeIf(Leaks::isOfTheJvm);
        return files;
    }

    /**
     * Returns whether this is the listing itself, random numbers, or the poller of virtual threads.
     */
    private static boolean isOfTheJvm(String target) {
        return target.endsWith("/fd")
                || target.endsWith("random")
                || target.equals("anon_inode:[eventpoll]");
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "/fd"; // the listing itself, which is closed by now
        }
    }
}

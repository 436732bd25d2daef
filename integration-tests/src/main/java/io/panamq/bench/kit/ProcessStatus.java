// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.kit;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Linux says of this process.
 *
 * @param rssBytes memory in use, all of it
 * @param heapBytes of which objects on the Java heap, after a collection
 * @param descriptors open files
 */
public record ProcessStatus(long rssBytes, long heapBytes, long descriptors) {
    /** So that the Java heap is in the RSS from the start, and does not look like growth. */
    public static final List<String> FIXED_HEAP =
            List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    public static ProcessStatus now() throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long rss = Long.parseLong(line("/proc/self/status", "VmRSS:").replaceAll("\\D", "")) << 10;
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return new ProcessStatus(rss, heap, files.count());
        }
    }

    /** The limit of open files, which a JVM raises as far as it may when it starts. */
    public static long mostDescriptors() throws IOException {
        String most = line("/proc/self/limits", "Max open files").trim().split("\\s+")[0];
        return most.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(most);
    }

    /** Of all threads: it shows what something costs even where other programs run. */
    public static double cpuSeconds() {
        var bean = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return bean.getProcessCpuTime() / 1e9;
    }

    /** The kernel cuts every backlog to this. */
    public static int mostBacklog() throws IOException {
        // Not readString: such a file has no size, and ends after the first piece that is read.
        return Integer.parseInt(line("/proc/sys/net/core/somaxconn", "").trim());
    }

    private static String line(String file, String start) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(start))
                    .findFirst()
                    .orElseThrow()
                    .substring(start.length());
        }
    }
}

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
 * What Linux says about this process.
 *
 * @param rssBytes all memory in use, in bytes
 * @param heapBytes the part of it that objects on the Java heap take after a collection, in bytes
 * @param descriptors the number of open files
 */
public record ProcessStatus(long rssBytes, long heapBytes, long descriptors) {
    /**
     * JVM options that keep the Java heap in the RSS from the start, so that it shows no growth.
     */
    public static final List<String> FIXED_HEAP =
            List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    /** Collects garbage and reads the current status. */
    public static ProcessStatus now() throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long rss = Long.parseLong(line("/proc/self/status", "VmRSS:").replaceAll("\\D", "")) << 10;
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return new ProcessStatus(rss, heap, files.count());
        }
    }

    /** Returns the limit of open files. A JVM raises it as far as it may when it starts. */
    public static long mostDescriptors() throws IOException {
        String most = line("/proc/self/limits", "Max open files").trim().split("\\s+")[0];
        return most.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(most);
    }

    /** Returns the processor time of all threads of this process, in seconds. */
    public static double cpuSeconds() {
        var bean = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return bean.getProcessCpuTime() / 1e9;
    }

    /** Returns the largest backlog that the kernel allows. */
    public static int mostBacklog() throws IOException {
        // Files.readString fails here: such a file reports no size.
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

// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

/** Reads the processor time of a thread; by reflection, as this module does not read management. */
public final class CpuMeter {
    private CpuMeter() {}

    /** Returns the processor time that a platform thread has used, in nanoseconds. */
    public static long nanos(Thread thread) {
        try {
            Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
            Object bean = factory.getMethod("getThreadMXBean").invoke(null);
            return (long)
                    Class.forName("java.lang.management.ThreadMXBean")
                            .getMethod("getThreadCpuTime", long.class)
                            .invoke(bean, thread.threadId());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no meter for processor time on this JVM", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings.calls;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls of Linux that change how the calling thread is scheduled: those with which libzmq starts
 * its own threads, and over whose failure it ends the process.
 */
public final class SchedulingCalls {
    private static final MethodHandle SELF =
            Downcalls.ofLibc("pthread_self", FunctionDescriptor.of(JAVA_LONG));
    private static final MethodHandle GET =
            Downcalls.ofLibc(
                    "pthread_getschedparam",
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS));
    private static final MethodHandle SET =
            Downcalls.ofLibc(
                    "pthread_setschedparam",
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS));
    private static final MethodHandle NICE =
            Downcalls.ofLibc("nice", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle SET_AFFINITY =
            Downcalls.ofLibc(
                    "pthread_setaffinity_np",
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS));

    /** The bytes of a {@code cpu_set_t}: a bit for each of 1024 CPUs. */
    private static final int CPU_SET = 128;

    private static final int SCHED_FIFO = 1;
    private static final int SCHED_RR = 2;
    private static final int EINVAL = 22;

    private SchedulingCalls() {}

    /**
     * Changes the calling thread as libzmq would change its own, for good.
     *
     * @param capture receives errno
     * @param policy the number of the policy; -1 for the one that the thread has
     * @param priority the priority; -1 for the one that the thread has
     * @param cpus the CPUs that the thread may use, each 0 to 1023; all if empty
     * @return 0, or the negated error number of the first call that fails
     */
    public static int apply(MemorySegment capture, int policy, int priority, int[] cpus) {
        try (Arena arena = Arena.ofConfined()) {
            long self = (long) SELF.invokeExact(capture);
            MemorySegment current = arena.allocate(JAVA_INT);
            MemorySegment parameters = arena.allocate(JAVA_INT.byteSize() * 16, 8);
            int result = (int) GET.invokeExact(capture, self, current, parameters);
            if (result != 0) {
                return -result;
            }
            int used = policy >= 0 ? policy : current.get(JAVA_INT, 0);
            boolean nice = used != SCHED_FIFO && used != SCHED_RR;
            if (priority >= 0) {
                parameters.set(JAVA_INT, 0, nice ? 0 : priority);
            }
            result = (int) SET.invokeExact(capture, self, used, parameters);
            if (result != 0) {
                return -result;
            }
            // libzmq takes -1 for a failure even if it is the new nice value.
            if (nice && priority >= 0 && (int) NICE.invokeExact(capture, -20) == -1) {
                return Downcalls.libcFailure(capture);
            }
            return cpus.length == 0 ? 0 : setAffinity(capture, self, cpus, arena);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    private static int setAffinity(MemorySegment capture, long self, int[] cpus, Arena arena)
            throws Throwable {
        MemorySegment set = arena.allocate(CPU_SET, 8);
        for (int cpu : cpus) {
            if (cpu >= CPU_SET * 8) {
                return -EINVAL;
            }
            set.set(JAVA_BYTE, cpu / 8, (byte) (set.get(JAVA_BYTE, cpu / 8) | 1 << cpu % 8));
        }
        return -(int) SET_AFFINITY.invokeExact(capture, self, (long) CPU_SET, set);
    }
}

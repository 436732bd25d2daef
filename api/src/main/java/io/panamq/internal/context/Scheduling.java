// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import io.panamq.bindings.Platform;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.SchedulingCalls;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import java.util.Set;

/**
 * How libzmq's threads are to be scheduled. libzmq ends the process if the system does not allow
 * it, so a thread of Java, which ends at once, tries it first.
 *
 * @param policy the number of the policy; -1 for the default
 * @param priority the priority; -1 for the default
 * @param cpus a bit for each CPU that the threads may use; all if none is set
 */
record Scheduling(int policy, int priority, Set<Integer> cpus) {
    static final Scheduling DEFAULT = new Scheduling(-1, -1, Set.of());

    /** Throws unless the system lets threads of this process be scheduled so. */
    void require(String what) {
        if (!Platform.current().os().equals("linux")) {
            String text = ": this is for Linux, where PanaMQ can try it before libzmq does";
            throw new UnsupportedFeatureException(Errno.ENOTSUP, "set", "", what + text);
        }
        int result = tryOnAThread();
        if (result < 0) {
            String text =
                    ": a thread with "
                            + this
                            + " is refused by the system with error "
                            + -result
                            + (-result == 22
                                    ? " (no such CPU or policy, or policy and priority do not fit:"
                                            + " set the priority first)"
                                    : " (it needs the capability CAP_SYS_NICE)");
            throw new ZmqException(-result, "set", "", what + text);
        }
    }

    private int tryOnAThread() {
        int[] numbers = new int[cpus.size()];
        int count = 0;
        for (Integer cpu : cpus) {
            numbers[count++] = cpu;
        }
        int[] result = new int[1];
        Thread trial =
                new Thread("panamq-scheduling") {
                    @Override
                    public void run() {
                        result[0] =
                                SchedulingCalls.apply(
                                        NativeMemory.errnoCapture(), policy, priority, numbers);
                    }
                };
        trial.setDaemon(true);
        result[0] = Integer.MIN_VALUE; // if it ends by an error
        trial.start();
        boolean interrupted = false;
        while (true) {
            try {
                trial.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result[0];
    }
}

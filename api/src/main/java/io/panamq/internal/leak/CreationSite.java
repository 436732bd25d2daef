// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.leak;

import io.panamq.internal.guard.OwnFrames;

/** Where an object was made. Making one costs a microsecond or two, reading it more. */
public final class CreationSite {
    private static final int MOST = 5;

    /** A walk over a limited number of frames costs no less, and needs lambdas. */
    private final Throwable here = new Throwable();

    /** The first frame outside of this package: what the user wrote. */
    public String frame() {
        StackTraceElement[] all = here.getStackTrace();
        for (StackTraceElement frame : all) {
            if (!OwnFrames.contain(frame.getClassName())) {
                return frame.toString();
            }
        }
        return "an unknown place";
    }

    /** The first few of them, a line for each, as in a stack trace. */
    String frames() {
        StringBuilder text = new StringBuilder();
        int found = 0;
        for (StackTraceElement frame : here.getStackTrace()) {
            if (found < MOST && !OwnFrames.contain(frame.getClassName())) {
                text.append("\n\tat ").append(frame);
                found++;
            }
        }
        return found == 0 ? " an unknown place" : text.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.leak;

import io.panamq.internal.guard.OwnFrames;

/** Remembers where an object was made. Making one costs a microsecond or two, reading it more. */
public final class CreationSite {
    private static final int MOST = 5;

    /** Cheap enough: a stack walk over a few frames costs no less, and needs lambdas. */
    private final Throwable here = new Throwable();

    /** Returns the first frame of the user's code. */
    public String frame() {
        for (StackTraceElement frame : here.getStackTrace()) {
            if (!OwnFrames.contain(frame.getClassName())) {
                return frame.toString();
            }
        }
        return "an unknown place";
    }

    /** Returns the first few frames of the user's code, a line for each, as in a stack trace. */
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

// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

/**
 * Makes a call at the end of the stack, and in each frame on the way back, until it works. It is
 * for tests in a JVM of their own, because an overflow during the initialisation of a class makes
 * that class useless for good.
 */
public final class StackEnd {
    private final Runnable call;
    private final int perFrame;
    private final int enough;
    private int worked;

    private StackEnd(Runnable call, int perFrame, int enough) {
        this.call = call;
        this.perFrame = perFrame;
        this.enough = enough;
    }

    /** Runs the body on a thread with a small stack, which has another size in each round. */
    public static void onSmallStack(int round, Runnable body) throws InterruptedException {
        Thread deep = new Thread(null, body, "deep", (200 + 3L * round) * 1024);
        deep.start();
        deep.join();
    }

    /**
     * Overflows the stack of this thread with calls.
     *
     * @param perFrame how many calls each frame makes
     * @param enough how many calls must work in a row to end the test
     */
    public static void overflow(Runnable call, int perFrame, int enough) {
        new StackEnd(call, perFrame, enough).deeper();
    }

    @SuppressWarnings("InfiniteRecursion") // on purpose
    private void deeper() {
        try {
            deeper();
        } catch (StackOverflowError e) {
            // This is at the end of the stack, or near it.
        }
        for (int i = 0; i < perFrame && worked < enough; i++) {
            try {
                call.run();
                worked++;
            } catch (StackOverflowError e) {
                worked = 0;
            }
        }
    }

    /** Prints the result of the program and ends it at once. */
    public static void halt(String result) {
        System.out.println(result);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}

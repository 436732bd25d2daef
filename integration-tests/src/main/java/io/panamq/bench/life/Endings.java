// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.life;

import io.panamq.Context;
import io.panamq.PairSocket;
import io.panamq.PollEvent;
import io.panamq.Poller;
import io.panamq.error.ZmqException;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * Measures how long a waiting call goes on after an interrupt, a cancel, a close or a shutdown of
 * the context, on platform and on virtual threads. Each try has a context of its own and ends the
 * call after a random time.
 *
 * <p>Arguments: {@code [TRIES]} of each kind, 50 by default.
 */
public final class Endings {
    private static final int LEAST_MILLIS = 10;
    private static final int MOST_MILLIS = 50;

    /** A call that never gets an answer. */
    private enum Call {
        RECEIVE,
        SEND,
        POLL
    }

    /** A way to end it. */
    private enum End {
        INTERRUPT,
        CANCEL,
        CLOSE,
        SHUTDOWN
    }

    private Endings() {}

    /**
     * Measures and prints the table.
     *
     * @param args the number of tries
     */
    public static void main(String[] args) throws Exception {
        int tries = args.length == 0 ? 50 : Integer.parseInt(args[0]);
        SplittableRandom random = new SplittableRandom(1);
        System.out.printf("%nms from the end to the exception, median and most of %d%n%n", tries);
        System.out.println("| thread | call | interrupt | cancel or wake-up | close | shutdown |");
        System.out.println("|---|---|---:|---:|---:|---:|");
        for (boolean virtual : new boolean[] {false, true}) {
            for (Call call : Call.values()) {
                StringBuilder line = new StringBuilder("| ");
                line.append(virtual ? "virtual" : "platform").append(" | ");
                line.append(call.name().toLowerCase(Locale.ROOT)).append(" |");
                for (End end : End.values()) {
                    double[] millis = new double[tries];
                    for (int i = -3; i < tries; i++) { // three warm up
                        double one = once(virtual, call, end, random);
                        millis[Math.max(0, i)] = one;
                    }
                    Arrays.sort(millis);
                    line.append(
                            String.format(
                                    Locale.ROOT,
                                    " %.1f, %.1f |",
                                    millis[tries / 2],
                                    millis[tries - 1]));
                }
                System.out.println(line);
            }
        }
    }

    private static double once(boolean virtual, Call call, End end, SplittableRandom random)
            throws Exception {
        try (Context context = Context.create()) {
            PairSocket pair = context.pair();
            Poller poller = context.poller();
            CompletableFuture<Long> ended = new CompletableFuture<>();
            Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
            Thread thread = builder.start(() -> wait(call, pair, poller, ended));
            Thread.sleep(random.nextInt(LEAST_MILLIS, MOST_MILLIS));
            if (ended.isDone()) {
                throw new IllegalStateException(call + " did not wait");
            }
            long begin = System.nanoTime();
            switch (end) {
                case INTERRUPT -> thread.interrupt();
                case CANCEL -> cancel(call, pair, poller);
                case CLOSE -> close(call, pair, poller);
                case SHUTDOWN -> context.shutdown();
            }
            double millis = (ended.get() - begin) / 1e6;
            thread.join();
            return millis;
        }
    }

    private static void cancel(Call call, PairSocket pair, Poller poller) {
        if (call == Call.POLL) {
            poller.wakeup();
        } else {
            pair.cancel();
        }
    }

    private static void close(Call call, PairSocket pair, Poller poller) {
        if (call == Call.POLL) {
            poller.close();
        } else {
            pair.close();
        }
    }

    private static void wait(
            Call call, PairSocket pair, Poller poller, CompletableFuture<Long> ended) {
        try {
            switch (call) {
                case RECEIVE -> pair.receive().close();
                case SEND -> pair.send("nobody");
                case POLL -> {
                    poller.add(pair, PollEvent.IN);
                    if (poller.poll() == 0) {
                        ended.complete(System.nanoTime()); // woken
                    }
                }
            }
            ended.completeExceptionally(new IllegalStateException(call + " has returned"));
        } catch (ZmqException e) {
            ended.complete(System.nanoTime());
        } catch (Throwable t) {
            ended.completeExceptionally(t);
        }
    }
}

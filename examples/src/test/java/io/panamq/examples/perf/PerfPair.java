// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import static org.awaitility.Awaitility.await;

import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Two tools that talk to each other, in two threads.
 *
 * @param local the tool that binds
 * @param remote the tool that connects
 */
record PerfPair(PerfRun local, PerfRun remote) {
    private static final Pattern LISTENING = Pattern.compile("listening at (\\S+)");

    /** Runs both tools with the same arguments after the endpoint. */
    static PerfPair run(String test, String endpoint, String... args) throws Exception {
        Local local = Local.start("local_" + test, endpoint, args);
        Object[] remote =
                Stream.concat(Stream.of("remote_" + test, local.endpoint()), Stream.of(args))
                        .toArray();
        PerfRun run = PerfRun.perf(remote);
        return new PerfPair(local.end(), run);
    }

    /** A tool that binds and runs in the background. */
    record Local(CompletableFuture<PerfRun> run, StringWriter err, String given) {
        static Local start(String tool, String endpoint, String... args) {
            StringWriter err = new StringWriter();
            Object[] all = Stream.concat(Stream.of(tool, endpoint), Stream.of(args)).toArray();
            var run = CompletableFuture.supplyAsync(() -> PerfRun.perf(err, all));
            return new Local(run, err, endpoint);
        }

        /** Returns the endpoint where it is bound. */
        String endpoint() {
            return given.contains("*")
                    ? await("bind")
                            .atMost(Duration.ofSeconds(30))
                            .until(() -> listening(err.toString()), text -> !text.isEmpty())
                    : given;
        }

        PerfRun end() throws Exception {
            return run.get(60, TimeUnit.SECONDS);
        }
    }

    static String listening(String err) {
        Matcher matcher = LISTENING.matcher(err);
        return matcher.find() ? matcher.group(1) : "";
    }
}

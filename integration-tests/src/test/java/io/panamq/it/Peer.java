// SPDX-License-Identifier: Apache-2.0
package io.panamq.it;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** One run of a peer's program in a container of its own. */
final class Peer implements AutoCloseable {

    /** The port of a peer that binds, inside its container; the engine maps it to a free one. */
    static final int PORT = 5555;

    /** The name by which a peer reaches us, on Linux and on Docker Desktop. */
    static final String OUR_HOST = "host.docker.internal";

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(30);

    /** Stands for the end of the output; no line of a peer contains a line break. */
    private static final String EOF = "\n";

    private final LinkedBlockingQueue<String> output = new LinkedBlockingQueue<>();
    private final List<String> lines = new ArrayList<>();
    private final GenericContainer<?> container;

    private Peer(GenericContainer<?> container) {
        this.container = container;
    }

    /** Starts the program. Blocks until it has printed {@code ready}. */
    static Peer start(ImageFromDockerfile image, boolean binds, List<String> arguments) {
        var container =
                new GenericContainer<>(image)
                        .withExtraHost(OUR_HOST, "host-gateway")
                        .withCommand(arguments.toArray(String[]::new))
                        .withStartupCheckStrategy(new NoCheck())
                        .waitingFor(new NoWait());
        if (binds) {
            container.withExposedPorts(PORT);
        }
        var peer = new Peer(container);
        container.withLogConsumer(peer::take);
        try {
            container.start();
            peer.readUntil("ready", START);
            return peer;
        } catch (RuntimeException | Error e) {
            peer.close();
            throw e;
        }
    }

    /** Returns the endpoint of a peer that binds. */
    String endpoint() {
        return "tcp://" + container.getHost() + ":" + container.getMappedPort(PORT);
    }

    /** Waits until the program has printed {@code done}; fails if it does not. */
    void awaitDone() {
        readUntil("done", END);
    }

    /** Returns the lines of the program that were read so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Reads the lines that are there, for the report of a failure. Does not wait. */
    void drain() {
        output.drainTo(lines);
        lines.remove(EOF);
    }

    @Override
    public void close() {
        container.stop();
    }

    private void readUntil(String word, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            String line = next(deadline - System.nanoTime());
            if (line == null || line.equals(EOF)) {
                String why = line == null ? "not within " + limit.toSeconds() + " s" : "it ended";
                throw new AssertionError(
                        "the peer did not say '%s': %s; it said %s".formatted(word, why, lines));
            }
            lines.add(line);
            if (line.startsWith("error ")) {
                throw new AssertionError("the peer says: " + line);
            }
            if (line.equals(word) || line.startsWith(word + " ")) {
                return;
            }
        }
    }

    private String next(long nanos) {
        try {
            return output.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the peer", e);
        }
    }

    private void take(OutputFrame frame) {
        output.add(
                frame.getType() == OutputFrame.OutputType.END
                        ? EOF
                        : frame.getUtf8StringWithoutLineEnding());
    }

    /** Checks only the start: a sender may have finished before anyone looks for its port. */
    private static final class NoCheck extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient client, String containerId) {
            InspectContainerResponse.ContainerState state = getCurrentState(client, containerId);
            return state.getStartedAt() == null
                    ? StartupStatus.NOT_YET_KNOWN
                    : StartupStatus.SUCCESSFUL;
        }
    }

    /** Does not try the port, which the peer would see as a connection. */
    private static final class NoWait extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }
}

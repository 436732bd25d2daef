// SPDX-License-Identifier: Apache-2.0
package io.panamq.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * Tests that PanaMQ and a foreign peer understand each other: each scenario with each shape of
 * message, compared by hash in both directions. A subclass names the folder of its peer; see {@code
 * peers/README.md}.
 *
 * <p>A scenario is one conversation in one container, which is held when its first test asks for
 * it. Each test looks at one message of it.
 */
@ExtendWith(Docker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
abstract class InteropMatrix {

    private final Map<Scenario, Conversation> conversations = new ConcurrentHashMap<>();
    private final String peer;
    private final ImageFromDockerfile image;

    InteropMatrix(String peer) {
        this.peer = peer;
        // With a fixed name the next run finds the image in the engine's cache.
        this.image =
                new ImageFromDockerfile("panamq-peer-" + peer, false)
                        .withFileFromPath(".", folder(peer));
    }

    /**
     * Builds the image first, so that a broken Dockerfile is one failure and not one of each test.
     */
    @BeforeAll
    @Timeout(300)
    void buildImage() throws Exception {
        image.get();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("messages")
    void shouldCarryUnchanged(Scenario scenario, int number, Shape shape) {
        Conversation talk = conversation(scenario);
        if (scenario.weSend()) {
            compare(
                    talk,
                    "from PanaMQ",
                    number,
                    shape,
                    talk.ours().sent(),
                    talk.theirs().received());
        }
        if (scenario.theySend()) {
            compare(
                    talk,
                    "from " + peer,
                    number,
                    shape,
                    talk.theirs().sent(),
                    talk.ours().received());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void shouldEndCleanly(Scenario scenario) {
        Conversation talk = conversation(scenario);
        assertThat(talk.problem()).as(() -> "problem; the peer said " + talk.peerOutput()).isNull();
    }

    static Stream<Scenario> scenarios() {
        return Scenario.all().stream();
    }

    static Stream<Arguments> messages() {
        return scenarios()
                .flatMap(
                        scenario ->
                                IntStream.range(0, Shape.ALL.size())
                                        .mapToObj(
                                                number ->
                                                        Arguments.of(
                                                                scenario,
                                                                number,
                                                                Shape.ALL.get(number))));
    }

    private static void compare(
            Conversation talk,
            String direction,
            int number,
            Shape shape,
            Map<Integer, List<Frame>> sent,
            Map<Integer, List<Frame>> received) {
        if (!sent.containsKey(number) || !received.containsKey(number)) {
            throw new AssertionError(
                    "message %d (%s) %s: sent %s, received %s; the peer said %s"
                            .formatted(
                                    number,
                                    shape,
                                    direction,
                                    sent.get(number),
                                    received.get(number),
                                    talk.peerOutput()),
                    talk.problem());
        }
        assertThat(sent.get(number))
                .as("frames sent %s", direction)
                .hasSize(shape.frames())
                .allMatch(frame -> frame.size() == shape.size(), "have " + shape.size() + " bytes");
        assertThat(received.get(number))
                .as("frames received %s", direction)
                .isEqualTo(sent.get(number));
    }

    private Conversation conversation(Scenario scenario) {
        Conversation known = conversations.get(scenario);
        if (known == null) {
            known = Conversation.hold(image, scenario, Shape.ALL);
            conversations.put(scenario, known);
        }
        return known;
    }

    private static Path folder(String peer) {
        // Maven runs in the module; an IDE may run in the repository's root.
        return Stream.of("peers", "integration-tests/peers")
                .map(peers -> Path.of(peers, peer))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no folder peers/" + peer));
    }
}

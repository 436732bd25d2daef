// SPDX-License-Identifier: Apache-2.0
package io.panamq.it;

import io.panamq.Context;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * A finished conversation between PanaMQ and a peer.
 *
 * @param ours what PanaMQ has sent and received
 * @param theirs what the peer says that it has sent and received
 * @param peerOutput the lines that the peer has printed
 * @param problem why the conversation has stopped early, or null
 */
record Conversation(
        Transcript ours, Transcript theirs, List<String> peerOutput, Throwable problem) {

    private static final String PEER_DEADLINE_SECONDS = "60";

    /** Holds a conversation with one message of each shape, in this order. */
    static Conversation hold(ImageFromDockerfile image, Scenario scenario, List<Shape> plan) {
        var output = new ArrayList<String>();
        var ours = new Transcript();
        Throwable problem = null;
        try (Context context = Context.create()) {
            var us = new OurSide(context, scenario);
            ours = us.transcript();
            hold(image, scenario, plan, us, output);
        } catch (RuntimeException | AssertionError e) {
            problem = e; // each test that misses its message shows this
        }
        return new Conversation(ours, Transcript.parse(output), List.copyOf(output), problem);
    }

    private static void hold(
            ImageFromDockerfile image,
            Scenario scenario,
            List<Shape> plan,
            OurSide us,
            List<String> output) {
        String endpoint =
                scenario.weBind()
                        ? "--connect=tcp://" + Peer.OUR_HOST + ":" + us.bind()
                        : "--bind=tcp://0.0.0.0:" + Peer.PORT;
        var arguments = new ArrayList<>(List.of("--type", scenario.theirs(), endpoint));
        arguments.addAll(List.of("--deadline", PEER_DEADLINE_SECONDS));
        plan.forEach(shape -> arguments.addAll(List.of("--message", shape.argument())));
        arguments.addAll(us.peerKeyArguments());
        try (Peer peer = Peer.start(image, !scenario.weBind(), arguments)) {
            try {
                if (!scenario.weBind()) {
                    us.connect(peer.endpoint());
                }
                us.talk(plan);
                peer.awaitDone();
            } finally {
                peer.drain();
                output.addAll(peer.lines());
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.it;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The frames of each message that one side of a conversation has sent and received, by the number
 * of the message. Both sides keep one, and the tests compare the two.
 */
record Transcript(Map<Integer, List<Frame>> sent, Map<Integer, List<Frame>> received) {

    Transcript() {
        this(new TreeMap<>(), new TreeMap<>());
    }

    /** Reads the {@code sent} and {@code received} lines of a peer and skips the others. */
    static Transcript parse(List<String> lines) {
        var transcript = new Transcript();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "sent" -> transcript.sent.put(number(words), frames(words));
                case "received" -> transcript.received.put(number(words), frames(words));
                default -> {}
            }
        }
        return transcript;
    }

    private static int number(String[] words) {
        return Integer.parseInt(words[1]);
    }

    private static List<Frame> frames(String[] words) {
        return Arrays.stream(words).skip(2).map(Frame::parse).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import io.panamq.bindings.NativeLibrary;
import io.panamq.bindings.calls.DraftSocketCalls;
import io.panamq.bindings.calls.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Where a message comes from or goes to, which libzmq keeps beside its content: the routing id of a
 * SERVER or PEER, and the group of a RADIO or DISH. The library must have drafts.
 */
public final class PeerProperties {
    /**
     * The most bytes of a group. Without the edit, libzmq does not count the references to a name
     * of more than 14, and frees it too often when a message goes to two sockets.
     */
    public static final int LONGEST_GROUP = NativeLibrary.isHardened("long-group") ? 255 : 14;

    private PeerProperties() {}

    /** Returns the routing id of a frame with content; 0 if it has none. */
    public static int routingId(Frame frame) {
        Objects.requireNonNull(frame, "message").checkContent();
        return DraftSocketCalls.routingId(frame.slot);
    }

    public static void setRoutingId(Frame frame, int routingId) {
        if (routingId == 0) {
            throw new IllegalArgumentException("0 is no routing id");
        }
        Objects.requireNonNull(frame, "message").checkContent();
        DraftSocketCalls.setRoutingId(frame.slot, routingId);
    }

    /** Returns the group of a frame with content; empty if it has none. */
    public static String group(Frame frame) {
        Objects.requireNonNull(frame, "message").checkContent();
        String group = NativeMemory.string(DraftSocketCalls.group(frame.slot));
        return group == null ? "" : group;
    }

    public static void setGroup(Frame frame, String group) {
        Objects.requireNonNull(frame, "message").checkContent();
        try (Arena arena = Arena.ofConfined()) {
            DraftSocketCalls.setGroup(frame.slot, cString(group, arena));
        }
    }

    /** Returns a group for C, after it was checked. */
    public static MemorySegment cString(String group, Arena arena) {
        checkGroup(group);
        return NativeMemory.cString(group, "group", arena);
    }

    private static void checkGroup(String group) {
        int bytes = Objects.requireNonNull(group, "group").getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_GROUP) {
            throw new IllegalArgumentException(
                    "a group has at most " + LONGEST_GROUP + " bytes, not " + bytes + ": " + group);
        }
    }
}

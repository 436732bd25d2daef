// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.DONTWAIT;

import io.panamq.bindings.calls.MessageCalls;
import io.panamq.bindings.calls.MessageProperties;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.bindings.calls.TransferCalls;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What udp asks of messages: libzmq drops what it cannot send, or worse. */
final class Datagrams {
    /** The bytes that udp carries over IPv4. */
    private static final int LARGEST = 65_507;

    /** The bytes of an address, a port, and the NUL that libzmq puts behind what it received. */
    private static final int LONGEST_ADDRESS = 22;

    private Datagrams() {}

    /** Is a class of its own, so that only a program that uses udp compiles the pattern. */
    private static final class Address {
        private static final String NUMBER = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
        static final Pattern FORM =
                Pattern.compile(NUMBER + "(\\." + NUMBER + "){3}:[1-9]\\d{0,4}");
    }

    /** Throws unless so many bytes fit into a datagram, after {@code head} other bytes. */
    static void checkSize(SocketCore core, long bytes, int head) {
        if (bytes > LARGEST - head) {
            throw new IllegalArgumentException(
                    core.name
                            + ": a datagram of udp has room for "
                            + (LARGEST - head)
                            + " bytes of content, not for "
                            + bytes);
        }
    }

    /** Throws unless these are the two frames of a datagram. */
    static void check(SocketCore core, Frame[] frames) {
        if (!core.hadEndpoint) {
            throw new IllegalStateException(core.name + " is not bound: bind it before it sends");
        }
        long size = frames[0].contentSize();
        String address =
                size > LONGEST_ADDRESS
                        ? ""
                        : new String(
                                NativeMemory.toByteArray(frames[0].contentAddress(), (int) size),
                                StandardCharsets.ISO_8859_1);
        if (!isAddress(address.endsWith("\0") ? address.substring(0, (int) size - 1) : address)) {
            throw new IllegalArgumentException(
                    core.name
                            + ": the first frame must be an IPv4 address and a port, such as"
                            + " 127.0.0.1:5555 (libzmq would drop the datagram silently)");
        }
        checkSize(core, frames[1].contentSize(), 0);
    }

    private static boolean isAddress(String text) {
        return Address.FORM.matcher(text).matches()
                && Integer.parseInt(text.substring(text.indexOf(':') + 1)) <= 65_535;
    }

    /**
     * Sends a copy of a frame, without waiting: a DGRAM whose pipe is gone closes the message that
     * it does not take, and then libzmq would abort. Returns what the call returned.
     */
    static int sendCopy(SocketCore core, MemorySegment slot, MemorySegment scratch, int flags) {
        MessageCalls.init(scratch);
        MessageProperties.copy(scratch, slot);
        int result =
                TransferCalls.send(core.capture, scratch, core.handle, flags | DONTWAIT);
        boolean untouched = MessageCalls.closeIfOpen(scratch);
        if (result >= 0) {
            MessageCalls.close(slot);
            MessageCalls.init(slot);
        } else if (!untouched) {
            throw new IllegalStateException(
                    core.name + " lost its udp endpoint by an error of the network: close it");
        }
        return result;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A range of IP addresses in the notation of CIDR, or all peers of ipc. It looks up no names. */
final class AddressRange {
    private static final String IPC = "ipc";
    private static final byte[] NO_ADDRESS = {};

    private final byte[] start;
    private final int prefix;

    private AddressRange(byte[] start, int prefix) {
        this.start = start;
        this.prefix = prefix;
    }

    static AddressRange parse(String text) {
        Objects.requireNonNull(text, "address");
        if (text.equals(IPC)) {
            return new AddressRange(NO_ADDRESS, 0);
        }
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] start = literal.indexOf('%') < 0 ? literal(literal) : null;
        if (start == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no IP address, no range such as 10.0.0.0/8, and not ipc");
        }
        int bits = start.length * 8;
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "'" + text + "': the prefix has 0 to " + bits + " bits");
        }
        for (int i = prefix; i < bits; i++) {
            if (bit(start, i)) {
                throw new IllegalArgumentException(
                        "'" + text + "': the address has bits behind its prefix");
            }
        }
        return new AddressRange(start, prefix);
    }

    private static int prefix(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    /** Returns the bytes of what libzmq calls the address of a peer; none if it is not of IP. */
    static byte[] bytes(String address) {
        int zone = address.indexOf('%');
        byte[] bytes = literal(zone < 0 ? address : address.substring(0, zone));
        return bytes == null ? NO_ADDRESS : bytes;
    }

    /** Returns null if it is no address. An IPv4 address that is written as IPv6 becomes IPv4. */
    private static byte @Nullable [] literal(String text) {
        boolean four = text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        if (!four && !text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns whether an address, which {@link #bytes} returned, is in this range. */
    boolean contains(byte[] address) {
        if (address.length != start.length) {
            return false;
        }
        for (int i = 0; i < prefix; i++) {
            if (bit(address, i) != bit(start, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean bit(byte[] address, int index) {
        return (address[index / 8] >> (7 - index % 8) & 1) != 0;
    }
}

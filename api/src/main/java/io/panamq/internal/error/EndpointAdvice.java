// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.error;

/** Explains from the text of an endpoint why libzmq refused it. */
public final class EndpointAdvice {
    public static final String FORM =
            "write transport://address, such as tcp://127.0.0.1:5555, ipc:///tmp/name or"
                    + " inproc://name";

    private EndpointAdvice() {}

    /** Explains EINVAL. */
    static String malformed(String operation, String endpoint) {
        String fault = "";
        String transport = transport(endpoint);
        boolean isWeb = transport.equals("ws") || transport.equals("wss");
        if (isWeb || transport.equals("tcp")) {
            String address = endpoint.substring(transport.length() + 3);
            if (isWeb && address.contains("/")) {
                address = address.substring(0, address.indexOf('/'));
            }
            // If there are two addresses, the first is the local one.
            for (String part : address.split(";", -1)) {
                if (fault.isEmpty()) {
                    fault = fault(operation.equals("connect"), transport, part);
                }
            }
        }
        return "malformed endpoint: " + (fault.isEmpty() ? FORM : fault);
    }

    /** Returns what is wrong with an address; empty if nothing is found. */
    private static String fault(boolean connects, String transport, String address) {
        int colon = address.lastIndexOf(':');
        boolean hasPort = colon > address.lastIndexOf(']') && colon + 1 < address.length();
        String port = hasPort ? address.substring(colon + 1) : "";
        String host = colon > address.lastIndexOf(']') ? address.substring(0, colon) : address;
        boolean isNumber = port.chars().allMatch(c -> c >= '0' && c <= '9');
        if (connects && host.equals("*")) {
            return "* is an address to bind to only: connect to a host, such as "
                    + (transport + "://127.0.0.1:" + (hasPort && isNumber ? port : "5555"));
        }
        if (!hasPort) {
            return "the port is missing: write it after a colon, such as "
                    + (transport + "://" + host + ":5555");
        }
        if (connects && port.equals("*")) {
            return "* is a port to bind to only: connect to what bind returned";
        }
        if (!isNumber && !port.equals("*")) {
            return "'" + port + "' is not a port: write a number" + (connects ? "" : ", or *");
        }
        return connects && !host.matches("[\\w.:%\\[\\]-]+") ? "'" + host + "' is not a host" : "";
    }

    /** Explains ENOCOMPATPROTO. */
    static String unfit(String endpoint) {
        String transport = transport(endpoint);
        String text = "this transport cannot carry this socket type";
        return switch (transport) {
            case "udp" -> text + ": it is for RADIO, DISH and DGRAM, which are not here; use tcp";
            case "pgm", "epgm", "norm" -> text + ": it is for PUB, SUB, XPUB and XSUB";
            default -> text;
        };
    }

    /** Explains EAGAIN, left by an earlier call: libzmq does not tell why it refuses tipc. */
    static String unexplained(String endpoint) {
        return transport(endpoint).equals("tipc")
                ? "libzmq tells no reason: bind tipc://{type,lower,upper}, connect"
                        + " tipc://{type,instance}@0.0.0, and load the kernel's module tipc"
                : "";
    }

    private static String transport(String endpoint) {
        return endpoint.substring(0, Math.max(0, endpoint.indexOf("://")));
    }
}

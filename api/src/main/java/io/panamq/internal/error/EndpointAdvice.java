// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.error;

import java.util.Locale;

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
        if (transport.equals("tcp") || transport.equals("udp") || isWeb(transport)) {
            String[] addresses = authority(endpoint).split(";", -1);
            for (int i = 0; i < addresses.length && fault.isEmpty(); i++) {
                // If there are two addresses, the first is the local one.
                boolean connects = operation.equals("connect") && i + 1 == addresses.length;
                fault = fault(connects, transport, addresses[i]);
                if (fault.isEmpty() && connects && !isHost(addresses[i])) {
                    fault = "'" + host(addresses[i]) + "' is not a host";
                }
            }
        }
        return "malformed endpoint: " + (fault.isEmpty() ? FORM : fault);
    }

    /** Returns what is between the transport and the path of ws. */
    public static String authority(String endpoint) {
        String transport = transport(endpoint);
        String address = endpoint.substring(transport.length() + 3);
        int path = isWeb(transport) ? address.indexOf('/') : -1;
        return path < 0 ? address : address.substring(0, path);
    }

    /**
     * Returns what is wrong with an address that no libzmq should use; empty if nothing is found.
     *
     * @param connects whether it is the address of a peer
     * @param address host and port
     */
    public static String fault(boolean connects, String transport, String address) {
        if (address.startsWith("[") && address.indexOf(']') < 0) {
            return "the bracket is not closed: write [address]:port";
        }
        int colon = address.lastIndexOf(':');
        boolean hasPort = colon > address.lastIndexOf(']') && colon + 1 < address.length();
        String port = hasPort ? address.substring(colon + 1) : "";
        String host = host(address);
        boolean isNumber = isNumber(port);
        boolean isRange = address.contains(":[") || address.indexOf('-', Math.max(colon, 0)) >= 0;
        if (address.endsWith("]") && colon >= 0 && isRange) {
            return connects
                    ? "a range of ports is to bind to only: connect to what bind returned"
                    : "a range of ports is two numbers behind the colon, for tcp only, such as"
                            + " tcp://127.0.0.1:[50000-50010]";
        }
        if (connects && host.equals("*")) {
            return "* is an address to bind to only: connect to a host, such as "
                    + (transport + "://127.0.0.1:" + (hasPort && isNumber ? port : "5555"));
        }
        if (host.isEmpty()) {
            return "the host is missing: write it before the colon"
                    + (connects ? "" : ", or * for all addresses");
        }
        if (!hasPort) {
            return "the port is missing: write it after a colon, such as "
                    + (transport + "://" + host + ":5555");
        }
        if (connects && (port.equals("*") || (isNumber && isZero(port)))) {
            return port + " is a port to bind to only: connect to what bind returned";
        }
        if (!isNumber && !port.equals("*")) {
            return "'"
                    + port
                    + "' is not a port: write a number"
                    + (connects ? "" : ", * for a free one, or a range such as [50000-50010]");
        }
        return "";
    }

    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon > address.lastIndexOf(']') ? address.substring(0, colon) : address;
    }

    private static boolean isHost(String address) {
        return host(address).matches("[\\w.:%\\[\\]-]+");
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String number) {
        for (int i = 0; i < number.length(); i++) {
            if (number.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    private static boolean isWeb(String transport) {
        return transport.equals("ws") || transport.equals("wss");
    }

    /** Explains EADDRINUSE. */
    static String taken(String endpoint) {
        return switch (transport(endpoint)) {
            case "ipc" ->
                    "somebody answers at the path, or it is a file that is no socket: use another"
                            + " path";
            case "inproc" -> "a socket of this context has the name: bind another one";
            case "tcp", "ws" ->
                    endpoint.endsWith("]")
                            ? "all ports of the range are taken: use another one"
                            : "the endpoint is taken: bind another one, or a free port with "
                                    + (transport(endpoint) + "://127.0.0.1:*")
                                    + ", and read what bind returns";
            default -> "the endpoint is taken: use another one";
        };
    }

    /** Explains EPROTONOSUPPORT. */
    static String unknown(String endpoint) {
        String transport = transport(endpoint);
        String plain = transport.strip().toLowerCase(Locale.ROOT);
        return plain.equals(transport)
                ? "unknown transport: this libzmq knows tcp, ipc, inproc and what Zmq.has tells"
                : "unknown transport: write " + plain + "://, without capitals and blanks";
    }

    /** Explains ENOCOMPATPROTO. */
    static String unfit(String endpoint) {
        String transport = transport(endpoint);
        String text = "this transport cannot carry this socket type";
        return switch (transport) {
            case "udp" ->
                    text
                            + ": it is for RADIO, DISH and DGRAM; a RADIO connects, and the others"
                            + " bind";
            case "pgm", "epgm", "norm" -> text + ": it is for PUB, SUB, XPUB and XSUB";
            default -> text;
        };
    }

    /** Explains EACCES and EPERM. */
    static String forbidden(String endpoint) {
        return transport(endpoint).equals("ipc")
                ? "this user may not create the socket in the folder of the ipc path: use another"
                        + " path"
                : "this user may not use it: a port below 1024 needs a privilege, a higher one"
                        + " does not";
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

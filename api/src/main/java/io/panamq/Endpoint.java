// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Composes endpoints, and takes them apart: {@code Endpoint.port(pull.bind("tcp://*:*"))} is the
 * port that the system chose. All methods return at once and can be called by any thread.
 */
public final class Endpoint {
    private Endpoint() {}

    /**
     * Composes an endpoint of the transport tcp.
     *
     * @param host a name, an IPv4 or IPv6 address, a network interface, or {@code *} to bind to all
     * @param port 0 to 65535; 0 to bind to a free one
     * @return such as {@code tcp://127.0.0.1:5555} or {@code tcp://[::1]:5555}
     * @throws IllegalArgumentException if the host is empty, or the port out of range
     */
    public static String tcp(String host, int port) {
        requireText(host, "host");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("the port is not in 0 to 65535: " + port);
        }
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return "tcp://" + (bare ? "[" + host + "]" : host) + ":" + (port == 0 ? "*" : port);
    }

    /**
     * Composes an endpoint of the transport ipc.
     *
     * @param path of the socket file, which bind creates; absolute, so that it does not depend on
     *     the working directory of both processes
     * @return such as {@code ipc:///tmp/feed}
     * @throws IllegalArgumentException if the path is not absolute
     */
    public static String ipc(Path path) {
        if (!Objects.requireNonNull(path, "path").isAbsolute()) {
            throw new IllegalArgumentException("the path is not absolute: " + path);
        }
        return "ipc://" + path;
    }

    /**
     * Composes an endpoint of the transport inproc.
     *
     * @param name any text that is not empty; it is known within one context
     * @return such as {@code inproc://work}
     * @throws IllegalArgumentException if the name is empty
     */
    public static String inproc(String name) {
        return "inproc://" + requireText(name, "name");
    }

    /**
     * Returns the port of an endpoint, as {@link Socket#bind} returned it.
     *
     * @param endpoint of the transport tcp, ws, wss or udp
     * @return 1 to 65535
     * @throws IllegalArgumentException if the endpoint has no port, as with ipc and inproc, or a
     *     wildcard
     */
    public static int port(String endpoint) {
        String address = address(Objects.requireNonNull(endpoint, "endpoint"));
        try {
            int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            if (port > 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // It is a wildcard, or something else.
        }
        throw new IllegalArgumentException("no port in the endpoint " + endpoint);
    }

    /**
     * Returns the host of an endpoint.
     *
     * @param endpoint of the transport tcp, ws, wss or udp
     * @return a name or an address, of IPv6 without the brackets
     * @throws IllegalArgumentException if the endpoint has no host and port
     */
    public static String host(String endpoint) {
        String address = address(Objects.requireNonNull(endpoint, "endpoint"));
        String host = address.substring(0, address.lastIndexOf(':'));
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    /** Returns host and port, without the source address before and the path after them. */
    private static String address(String endpoint) {
        int start = endpoint.indexOf("://");
        String transport = start < 0 ? "" : endpoint.substring(0, start);
        String address = endpoint.substring(start < 0 ? 0 : start + 3);
        boolean known =
                transport.equals("tcp")
                        || transport.equals("ws")
                        || transport.equals("wss")
                        || transport.equals("udp");
        address = address.substring(address.indexOf(';') + 1);
        int path = transport.startsWith("ws") ? address.indexOf('/') : -1;
        address = path < 0 ? address : address.substring(0, path);
        if (!known || address.lastIndexOf(':') <= 0) {
            throw new IllegalArgumentException("no host and port in the endpoint " + endpoint);
        }
        return address;
    }

    private static String requireText(String text, String what) {
        if (Objects.requireNonNull(text, what).isEmpty()) {
            throw new IllegalArgumentException("the " + what + " is empty");
        }
        return text;
    }
}

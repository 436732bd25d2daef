// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import static io.panamq.bindings.calls.Constants.CURVE;
import static io.panamq.bindings.calls.Constants.GSSAPI;
import static io.panamq.bindings.calls.Constants.IPV6;
import static io.panamq.bindings.calls.Constants.MECHANISM;

import io.panamq.error.Errno;
import io.panamq.internal.error.EndpointAdvice;
import io.panamq.internal.guard.DescriptorCheck;
import io.panamq.internal.socket.SocketCore;
import io.panamq.internal.socket.SocketTraits;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Refuses endpoints that libzmq takes for others, or that can never work. */
final class EndpointCheck {
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_HOST_LENGTH = 255;

    private EndpointCheck() {}

    /** Throws if the socket has half of the CURVE options, with which no handshake succeeds. */
    private static void refuseCurveWithoutKeys(String operation, SocketCore core) {
        String missing = missingForCurve(core);
        if (!missing.isEmpty() && core.getInt(MECHANISM) == CURVE) {
            throw new IllegalStateException(
                    operation
                            + " on "
                            + core.name
                            + ": it uses CURVE and has no "
                            + missing
                            + ", so every handshake would fail:"
                            + " call security().curveServer or curveClient first");
        }
    }

    private static String missingForCurve(SocketCore core) {
        if (!core.security.curveSecretKey) {
            boolean any =
                    core.security.curveServer
                            || core.security.curveClient
                            || core.security.curvePublicKey;
            return any ? "secret key" : "";
        }
        if (core.security.curveServer) {
            return "";
        }
        return core.security.curveClient
                ? (core.security.curvePublicKey ? "" : "public key")
                : "key of a server";
    }

    /** Throws if a socket cannot use the endpoint; what is left is for libzmq to judge. */
    static void check(String operation, SocketCore core, String endpoint, InprocRegistry inproc) {
        if (endpoint.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    operation + ": the endpoint is longer than " + MAX_LENGTH + " characters");
        }
        int scheme = endpoint.indexOf("://");
        if (scheme <= 0 || scheme + 3 == endpoint.length()) {
            throw malformed(operation, endpoint, EndpointAdvice.FORM);
        }
        String transport = endpoint.substring(0, scheme);
        if (core.type == SocketTraits.STREAM && !transport.equals("tcp")) {
            throw malformed(operation, endpoint, "a STREAM socket is for tcp:// only");
        }
        if (transport.equals("udp") && core.type.hasUdp()) {
            UdpEndpoints.check(operation, core, endpoint);
        } else if (core.type == SocketTraits.DGRAM) {
            throw malformed(operation, endpoint, "a DGRAM socket is for udp:// only");
        }
        boolean hasAddress = transport.equals("tcp") || transport.equals("ws");
        if (hasAddress && endpoint.indexOf('\0') < 0) {
            checkAddress(operation, core, endpoint, transport);
        }
        if (transport.startsWith("ws") && core.getInt(MECHANISM) == GSSAPI) {
            throw malformed(operation, endpoint, "libzmq has no GSSAPI over WebSocket, and aborts");
        }
        if (!transport.equals("inproc")) {
            refuseCurveWithoutKeys(operation, core);
            ZapRules.checkPeers(operation, core, inproc);
            // When libzmq looks at the network interfaces and can open no file, it aborts.
            DescriptorCheck.require(4, operation + " " + endpoint);
        }
    }

    /**
     * Throws if a port is too large, which libzmq would take modulo 65536, or is none, which libzmq
     * would overlook; if the host is in IPv6 and the socket is not, or names an interface that does
     * not exist, which would be tried for ever; or if the host name is longer than the protocol of
     * a SOCKS proxy allows.
     */
    private static void checkAddress(
            String operation, SocketCore core, String endpoint, String transport) {
        String rest = EndpointAdvice.authority(endpoint);
        while (true) {
            int end = rest.indexOf(';');
            String address = end < 0 ? rest : rest.substring(0, end);
            boolean isDestination = end < 0 && operation.equals("connect");
            int colon = address.lastIndexOf(':');
            if (colon > MAX_HOST_LENGTH) {
                throw new IllegalArgumentException(
                        operation + ": the host name is longer than " + MAX_HOST_LENGTH);
            }
            String port = address.substring(colon + 1);
            if (port.startsWith("-") || isTooLarge(port)) {
                throw malformed(operation, endpoint, "the port is not in 0 to 65535");
            }
            if (!EndpointAdvice.fault(isDestination, transport, address).isEmpty()) {
                throw core.failure(Errno.EINVAL, operation, endpoint);
            }
            checkHost(operation, core, address.substring(0, colon));
            if (end < 0) {
                return;
            }
            rest = rest.substring(end + 1);
        }
    }

    private static void checkHost(String operation, SocketCore core, String host) {
        if (!isIpv6(host)) {
            return;
        }
        if (core.getInt(IPV6) == 0) {
            throw new IllegalStateException(
                    operation
                            + " on "
                            + core.name
                            + ": "
                            + host
                            + " is an address of IPv6, which is off: set SocketOption.IPV6 first");
        }
        int percent = host.indexOf('%');
        if (percent >= 0) {
            checkScope(operation, core, host.substring(percent + 1).replace("]", ""));
        }
    }

    private static boolean isIpv6(String host) {
        if (host.indexOf(':') < 0 || host.startsWith("[")) {
            return host.indexOf(':') >= 0;
        }
        for (int i = 0; i < host.length() && host.charAt(i) != '%'; i++) {
            char c = host.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
                return false;
            }
        }
        return true;
    }

    /** Throws if the scope of an address is neither a number nor a network interface. */
    private static void checkScope(String operation, SocketCore core, String scope) {
        boolean known = !scope.isEmpty() && scope.charAt(0) >= '0' && scope.charAt(0) <= '9';
        try {
            known = known || NetworkInterface.getByName(scope) != null;
        } catch (SocketException e) {
            known = true; // then libzmq tells
        }
        if (!known) {
            throw new IllegalArgumentException(
                    operation + " on " + core.name + ": no network interface '" + scope + "'");
        }
    }

    static IllegalArgumentException malformed(String operation, String endpoint, String text) {
        return new IllegalArgumentException(operation + " '" + endpoint + "': " + text);
    }

    private static boolean isTooLarge(String port) {
        long number = 0;
        for (int i = 0; i < port.length(); i++) {
            int digit = port.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            number = Math.min(number * 10 + digit, 1 << 20);
        }
        return number > 65535;
    }
}

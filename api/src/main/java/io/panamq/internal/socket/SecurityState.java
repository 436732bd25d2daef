// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import java.util.HashSet;
import java.util.Set;

/** What was set on a socket for its handshakes. For the thread that has entered the socket. */
public final class SecurityState {
    private static final Set<String> KINDS = Set.of("PLAIN", "CURVE", "GSSAPI", "ZAP");

    /** Whether ZMQ_CURVE_SERVER is set. */
    public boolean curveServer;

    /** Whether ZMQ_CURVE_SERVERKEY was set, which makes a CURVE client. */
    public boolean curveClient;

    /** Whether ZMQ_CURVE_PUBLICKEY was set. */
    public boolean curvePublicKey;

    /** Whether ZMQ_CURVE_SECRETKEY was set. */
    public boolean curveSecretKey;

    /** Whether ZMQ_PLAIN_USERNAME was set, which makes a PLAIN client. */
    public boolean plainClient;

    /** The mechanisms of which an option was set, and ZAP if one of its options was. */
    private final Set<String> kinds = new HashSet<>();

    /** Returns whether an option is the first of a mechanism, or of ZAP, to be set. */
    public boolean isNew(String option) {
        return !kind(option).isEmpty() && !kinds.contains(kind(option));
    }

    /** Notes that an option was set. */
    public void note(String option) {
        kinds.add(kind(option));
    }

    private static String kind(String option) {
        String[] words = option.split("_", 3); // ZMQ, CURVE, SERVERKEY
        return KINDS.contains(words[1]) ? words[1] : "";
    }
}

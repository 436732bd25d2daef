// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.socket;

import static io.panamq.bindings.calls.Constants.CURVE_PUBLICKEY;
import static io.panamq.bindings.calls.Constants.CURVE_SECRETKEY;
import static io.panamq.bindings.calls.Constants.CURVE_SERVER;
import static io.panamq.bindings.calls.Constants.CURVE_SERVERKEY;
import static io.panamq.bindings.calls.Constants.GSSAPI_PLAINTEXT;
import static io.panamq.bindings.calls.Constants.GSSAPI_PRINCIPAL;
import static io.panamq.bindings.calls.Constants.GSSAPI_PRINCIPAL_NAMETYPE;
import static io.panamq.bindings.calls.Constants.GSSAPI_SERVER;
import static io.panamq.bindings.calls.Constants.GSSAPI_SERVICE_PRINCIPAL;
import static io.panamq.bindings.calls.Constants.GSSAPI_SERVICE_PRINCIPAL_NAMETYPE;
import static io.panamq.bindings.calls.Constants.PLAIN_PASSWORD;
import static io.panamq.bindings.calls.Constants.PLAIN_SERVER;
import static io.panamq.bindings.calls.Constants.PLAIN_USERNAME;
import static io.panamq.bindings.calls.Constants.ZAP_DOMAIN;
import static io.panamq.bindings.calls.Constants.ZAP_ENFORCE_DOMAIN;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was set on a socket for its handshakes. For the thread that has entered the socket. */
public final class SecurityState {
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

    /** A mechanism, or ZAP, which asks an authenticator with any of them. */
    private enum Kind {
        PLAIN,
        CURVE,
        GSSAPI,
        ZAP
    }

    /** Those of which an option was set. */
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);

    /** Returns whether an option is the first of its kind to be set. */
    public boolean isNew(int option) {
        Kind kind = kind(option);
        return kind != null && !kinds.contains(kind);
    }

    /** Notes that an option was set. */
    public void note(int option) {
        Kind kind = kind(option);
        if (kind != null) {
            kinds.add(kind);
        }
    }

    private static @Nullable Kind kind(int option) {
        return switch (option) {
            case PLAIN_SERVER, PLAIN_USERNAME, PLAIN_PASSWORD -> Kind.PLAIN;
            case CURVE_SERVER, CURVE_PUBLICKEY, CURVE_SECRETKEY, CURVE_SERVERKEY -> Kind.CURVE;
            case GSSAPI_SERVER,
                    GSSAPI_PRINCIPAL,
                    GSSAPI_SERVICE_PRINCIPAL,
                    GSSAPI_PLAINTEXT,
                    GSSAPI_PRINCIPAL_NAMETYPE,
                    GSSAPI_SERVICE_PRINCIPAL_NAMETYPE ->
                    Kind.GSSAPI;
            case ZAP_DOMAIN, ZAP_ENFORCE_DOMAIN -> Kind.ZAP;
            default -> null;
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.SocketOption.ReadOnly;
import io.panamq.SocketOption.ReadWrite;
import io.panamq.SocketOption.WriteOnly;
import io.panamq.internal.option.OptionCodec;

/** The options of security; users find them in {@link SocketOption}. */
interface SecurityOptions {
    /**
     * Tells the security mechanism that the options ask for; the option that was set last decides.
     *
     * <p>{@code ZMQ_MECHANISM}, 43: an int, 0 NULL, 1 PLAIN, 2 CURVE, 3 GSSAPI; read only; default
     * 0; every socket type; since 4.0.
     */
    ReadOnly<Integer> MECHANISM = new ReadOnly<>("ZMQ_MECHANISM", 43, OptionCodec.INT, 0, "4.0");

    /**
     * Makes the socket the PLAIN server, see {@link SocketSecurity#plainServer}. False makes the
     * mechanism NULL.
     *
     * <p>{@code ZMQ_PLAIN_SERVER}, 44: a boolean; read and set; default false; every socket type;
     * since 4.0.
     */
    ReadWrite<Boolean> PLAIN_SERVER =
            new ReadWrite<>("ZMQ_PLAIN_SERVER", 44, OptionCodec.BOOL, false, "4.0");

    /**
     * Names the user of a PLAIN client, see {@link SocketSecurity#plainClient}. The empty text
     * makes the mechanism NULL again; libzmq still tells the old name then.
     *
     * <p>{@code ZMQ_PLAIN_USERNAME}, 45: text, 1 to 255 bytes in UTF-8; read and set; default
     * empty; every socket type; since 4.0.
     */
    ReadWrite<String> PLAIN_USERNAME =
            new ReadWrite<>("ZMQ_PLAIN_USERNAME", 45, OptionCodec.text(0, 255), "", "4.0");

    /**
     * Is the password of a PLAIN client, see {@link SocketSecurity#plainClient}. The empty text
     * makes the mechanism NULL again; libzmq still tells the old password then.
     *
     * <p>{@code ZMQ_PLAIN_PASSWORD}, 46: text, 1 to 255 bytes in UTF-8; read and set; default
     * empty; every socket type; since 4.0.
     */
    ReadWrite<String> PLAIN_PASSWORD =
            new ReadWrite<>("ZMQ_PLAIN_PASSWORD", 46, OptionCodec.text(0, 255), "", "4.0");

    /**
     * Makes the socket the CURVE server of its connections. Use {@link SocketSecurity#curveServer},
     * which also sets the keys: without {@link SocketOption#CURVE_SECRETKEY}, bind and connect
     * throw {@link IllegalStateException} (inproc is never encrypted, and excepted). False makes
     * the mechanism NULL.
     *
     * <p>{@code ZMQ_CURVE_SERVER}, 47: a boolean; read and set; default false; every socket type;
     * since 4.0.
     */
    ReadWrite<Boolean> CURVE_SERVER =
            new ReadWrite<>("ZMQ_CURVE_SERVER", 47, OptionCodec.BOOL, false, "4.0");

    /**
     * Is the socket's own public key for CURVE.
     *
     * <p>{@code ZMQ_CURVE_PUBLICKEY}, 48: text, 40 characters of Z85; read and set; default not
     * set, zeros; every socket type; since 4.0.
     */
    ReadWrite<String> CURVE_PUBLICKEY =
            new ReadWrite<>("ZMQ_CURVE_PUBLICKEY", 48, new KeyCodec(), null, "4.0");

    /**
     * Is the socket's own secret key for CURVE.
     *
     * <p>{@code ZMQ_CURVE_SECRETKEY}, 49: text, 40 characters of Z85; read and set; default not
     * set, zeros; every socket type; since 4.0.
     */
    ReadWrite<String> CURVE_SECRETKEY =
            new ReadWrite<>("ZMQ_CURVE_SECRETKEY", 49, new KeyCodec(), null, "4.0");

    /**
     * Is the public key of the server that a CURVE client talks to. It makes the socket a CURVE
     * client. Use {@link SocketSecurity#curveClient}, which also sets the client's keys: without
     * {@link SocketOption#CURVE_SECRETKEY} and {@link SocketOption#CURVE_PUBLICKEY}, bind and
     * connect throw {@link IllegalStateException}.
     *
     * <p>{@code ZMQ_CURVE_SERVERKEY}, 50: text, 40 characters of Z85; read and set; default not
     * set, zeros; every socket type; since 4.0.
     */
    ReadWrite<String> CURVE_SERVERKEY =
            new ReadWrite<>("ZMQ_CURVE_SERVERKEY", 50, new KeyCodec(), null, "4.0");

    /**
     * Is told to a ZAP handler with each of its requests. Once set it cannot be emptied again.
     *
     * <p>{@code ZMQ_ZAP_DOMAIN}, 55: text, 1 to 255 bytes in UTF-8; read and set; default empty;
     * every socket type; since 4.0.
     */
    ReadWrite<String> ZAP_DOMAIN =
            new ReadWrite<>("ZMQ_ZAP_DOMAIN", 55, OptionCodec.text(1, 255), "", "4.0");

    /**
     * Makes the socket the GSSAPI server of its connections. Either value makes the mechanism
     * GSSAPI. It needs {@link Capability#GSSAPI}, as its other options do.
     *
     * <p>{@code ZMQ_GSSAPI_SERVER}, 62: a boolean; read and set; default false; every socket type;
     * since 4.1.
     */
    ReadWrite<Boolean> GSSAPI_SERVER =
            new ReadWrite<>("ZMQ_GSSAPI_SERVER", 62, OptionCodec.BOOL, false, "4.1");

    /**
     * Names the principal whose credentials this socket uses.
     *
     * <p>{@code ZMQ_GSSAPI_PRINCIPAL}, 63: text, 1 to 255 bytes in UTF-8; read and set; default
     * empty; every socket type; since 4.1.
     */
    ReadWrite<String> GSSAPI_PRINCIPAL =
            new ReadWrite<>("ZMQ_GSSAPI_PRINCIPAL", 63, OptionCodec.text(1, 255), "", "4.1");

    /**
     * Names the principal of the server that a GSSAPI client talks to.
     *
     * <p>{@code ZMQ_GSSAPI_SERVICE_PRINCIPAL}, 64: text, 1 to 255 bytes in UTF-8; read and set;
     * default empty; every socket type; since 4.1.
     */
    ReadWrite<String> GSSAPI_SERVICE_PRINCIPAL =
            new ReadWrite<>(
                    "ZMQ_GSSAPI_SERVICE_PRINCIPAL", 64, OptionCodec.text(1, 255), "", "4.1");

    /**
     * Leaves messages of GSSAPI connections unencrypted. Both sides must agree.
     *
     * <p>{@code ZMQ_GSSAPI_PLAINTEXT}, 65: a boolean; read and set; default false; every socket
     * type; since 4.1.
     */
    ReadWrite<Boolean> GSSAPI_PLAINTEXT =
            new ReadWrite<>("ZMQ_GSSAPI_PLAINTEXT", 65, OptionCodec.BOOL, false, "4.1");

    /**
     * Tells what kind of name {@link SocketOption#GSSAPI_PRINCIPAL} is.
     *
     * <p>{@code ZMQ_GSSAPI_PRINCIPAL_NAMETYPE}, 90: an int, 0 host-based, 1 user name, 2 Kerberos
     * principal; read and set; default 0; every socket type; since 4.3.
     */
    ReadWrite<Integer> GSSAPI_PRINCIPAL_NAMETYPE =
            new ReadWrite<>("ZMQ_GSSAPI_PRINCIPAL_NAMETYPE", 90, OptionCodec.ints(0, 2), 0, "4.3");

    /**
     * Tells what kind of name {@link SocketOption#GSSAPI_SERVICE_PRINCIPAL} is.
     *
     * <p>{@code ZMQ_GSSAPI_SERVICE_PRINCIPAL_NAMETYPE}, 91: an int, 0 host-based, 1 user name, 2
     * Kerberos principal; read and set; default 0; every socket type; since 4.3.
     */
    ReadWrite<Integer> GSSAPI_SERVICE_PRINCIPAL_NAMETYPE =
            new ReadWrite<>(
                    "ZMQ_GSSAPI_SERVICE_PRINCIPAL_NAMETYPE", 91, OptionCodec.ints(0, 2), 0, "4.3");

    /**
     * Refuses peers when there is no ZAP handler, or no {@link SocketOption#ZAP_DOMAIN}.
     *
     * <p>{@code ZMQ_ZAP_ENFORCE_DOMAIN}, 93: a boolean; read and set; default false; every socket
     * type; since 4.2.3; draft.
     */
    ReadWrite<Boolean> ZAP_ENFORCE_DOMAIN =
            new ReadWrite<>("ZMQ_ZAP_ENFORCE_DOMAIN", 93, OptionCodec.BOOL, false, "4.2.3 draft");

    /**
     * Is the secret key of a server that is bound over wss. It needs {@link Capability#WSS}, as the
     * other options of wss do.
     *
     * <p>{@code ZMQ_WSS_KEY_PEM}, 103: text, PEM; set only; default empty; every socket type; since
     * 4.3.3; draft.
     */
    WriteOnly<String> WSS_KEY_PEM =
            new WriteOnly<>("ZMQ_WSS_KEY_PEM", 103, OptionCodec.PEM, "", "4.3.3 draft");

    /**
     * Is the certificate of a server that is bound over wss.
     *
     * <p>{@code ZMQ_WSS_CERT_PEM}, 104: text, PEM; set only; default empty; every socket type;
     * since 4.3.3; draft.
     */
    WriteOnly<String> WSS_CERT_PEM =
            new WriteOnly<>("ZMQ_WSS_CERT_PEM", 104, OptionCodec.PEM, "", "4.3.3 draft");

    /**
     * Is the certificate that a client trusts over wss.
     *
     * <p>{@code ZMQ_WSS_TRUST_PEM}, 105: text, PEM; set only; default empty; every socket type;
     * since 4.3.3; draft.
     */
    WriteOnly<String> WSS_TRUST_PEM =
            new WriteOnly<>("ZMQ_WSS_TRUST_PEM", 105, OptionCodec.PEM, "", "4.3.3 draft");

    /**
     * Is the host name that the certificate of a server over wss must have.
     *
     * <p>{@code ZMQ_WSS_HOSTNAME}, 106: text, a host name; set only; default empty, not checked;
     * every socket type; since 4.3.3; draft.
     */
    WriteOnly<String> WSS_HOSTNAME =
            new WriteOnly<>("ZMQ_WSS_HOSTNAME", 106, OptionCodec.text(1, 255), "", "4.3.3 draft");

    /**
     * Lets a client over wss trust the certificates that the system trusts.
     *
     * <p>{@code ZMQ_WSS_TRUST_SYSTEM}, 107: a boolean; set only; default false; every socket type;
     * since 4.3.3; draft.
     */
    WriteOnly<Boolean> WSS_TRUST_SYSTEM =
            new WriteOnly<>("ZMQ_WSS_TRUST_SYSTEM", 107, OptionCodec.BOOL, false, "4.3.3 draft");
}

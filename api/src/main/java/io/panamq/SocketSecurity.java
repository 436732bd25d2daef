// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Settings of a socket that encrypt its connections (CURVE), or send a user name and password
 * (PLAIN). {@link Socket#security} returns them. A socket without any of them uses the mechanism
 * NULL: everybody may connect, and everybody on the way can read along.
 *
 * {@snippet class="io.panamq.snippets.SecuritySnippets" region="curve"}
 *
 * <p>All methods return at once, are for the thread that owns the socket, and come before bind and
 * connect: endpoints that exist do not change, and would stay open to anybody. So a mechanism, or a
 * domain, that comes later is refused by {@link IllegalStateException}. Of a mechanism that was set
 * before, other keys may be set for endpoints that follow: a client may connect to several servers.
 * They also throw what {@link Socket#set} throws.
 *
 * <p>A socket that uses CURVE without a secret key, because {@link SocketOption#CURVE_SERVER} or
 * {@link SocketOption#CURVE_SERVERKEY} was set alone, cannot connect to anybody: bind and connect
 * throw {@link IllegalStateException}. Connections of inproc are never encrypted.
 */
public final class SocketSecurity {
    private final BaseSocket socket;

    SocketSecurity(BaseSocket socket) {
        this.socket = socket;
    }

    /**
     * Makes the socket the CURVE server of its connections, whether it binds or connects. They are
     * encrypted. Every client that knows the public key may connect, unless {@link #authenticate}
     * is called as well. Call this before bind and connect. C options: {@code ZMQ_CURVE_SERVER},
     * {@code ZMQ_CURVE_PUBLICKEY}, {@code ZMQ_CURVE_SECRETKEY}.
     *
     * @param server its long-term keys, see {@link Curve}
     * @throws IllegalStateException if the secret key was destroyed
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without CURVE
     */
    public void curveServer(CurveKeyPair server) {
        Objects.requireNonNull(server, "server");
        Curve.requireSupported();
        byte[] secret = server.copySecret();
        try {
            socket.set(SocketOption.CURVE_SERVER, true);
            socket.set(SocketOption.CURVE_PUBLICKEY, server.publicKey());
            socket.setCurveSecretKey(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Makes the socket a CURVE client, which talks only to the server with the given key. Call this
     * before bind and connect. C options: {@code ZMQ_CURVE_SERVERKEY}, {@code ZMQ_CURVE_PUBLICKEY},
     * {@code ZMQ_CURVE_SECRETKEY}.
     *
     * @param serverPublicKey the server's public key, 40 characters Z85
     * @param client its own keys
     * @throws IllegalArgumentException if the server key is not 40 characters of Z85
     * @throws IllegalStateException if the secret key was destroyed
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without CURVE
     */
    public void curveClient(String serverPublicKey, CurveKeyPair client) {
        Objects.requireNonNull(client, "client");
        Curve.requireSupported();
        byte[] secret = client.copySecret();
        try {
            socket.set(SocketOption.CURVE_SERVERKEY, serverPublicKey);
            socket.set(SocketOption.CURVE_PUBLICKEY, client.publicKey());
            socket.setCurveSecretKey(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Makes the socket the PLAIN server of its connections. The authenticator of its context checks
     * names and passwords, see {@link #authenticate}; without one every client is refused. Nothing
     * is encrypted. Call this before bind and connect. C option: {@code ZMQ_PLAIN_SERVER}.
     */
    public void plainServer() {
        socket.set(SocketOption.PLAIN_SERVER, true);
    }

    /**
     * Makes the socket a PLAIN client, which sends this user name and password in clear. Call this
     * before bind and connect. C options: {@code ZMQ_PLAIN_USERNAME}, {@code ZMQ_PLAIN_PASSWORD}.
     *
     * @param user 1 to 255 bytes of UTF-8
     * @param password 1 to 255 bytes of UTF-8
     * @throws IllegalArgumentException if one is empty or has a NUL
     * @throws ZmqException EINVAL if one is longer
     */
    public void plainClient(String user, String password) {
        socket.set(SocketOption.PLAIN_USERNAME, user);
        socket.set(SocketOption.PLAIN_PASSWORD, password);
    }

    /**
     * Has the authenticator of the context decide about each peer, and refuses all peers while
     * there is none. It works with every mechanism, also without encryption. The authenticator is a
     * {@link io.panamq.security.ZapAuthenticator}, or another ZAP handler: a REP or ROUTER socket
     * of this context, bound to {@code inproc://zeromq.zap.01}. It must be started before the
     * socket calls bind or connect, which otherwise throw {@link IllegalStateException}. If it ends
     * later, peers that are connected stay, and no other gets in. With another library than the
     * bundled one nothing arrives at a REQ or DISH socket that authenticates: libzmq takes the user
     * id for a malformed message. Call this before bind and connect. C options: {@code
     * ZMQ_ZAP_DOMAIN}, {@code ZMQ_ZAP_ENFORCE_DOMAIN}; to set {@link SocketOption#ZAP_DOMAIN} does
     * the same.
     *
     * @param domain tells the authenticator which rules hold: 1 to 255 bytes of UTF-8
     * @throws IllegalArgumentException if it is empty or has a NUL
     * @throws ZmqException EINVAL if it is longer
     */
    public void authenticate(String domain) {
        socket.set(SocketOption.ZAP_DOMAIN, Objects.requireNonNull(domain, "domain"));
    }
}

// SPDX-License-Identifier: Apache-2.0
/**
 * Who may connect: authentication of peers, and the files in which CURVE keys are kept.
 *
 * {@snippet class="io.panamq.snippets.SecuritySnippets" region="server"}
 *
 * <table class="striped">
 * <caption>Which mechanism</caption>
 * <thead><tr><th scope="col">mechanism</th><th scope="col">encrypted</th><th scope="col">the client
 *     proves</th><th scope="col">the server proves</th></tr></thead>
 * <tbody>
 * <tr><td>NULL, the default</td><td>no</td><td>nothing; its IP address can be checked</td>
 *     <td>nothing</td></tr>
 * <tr><td>PLAIN</td><td>no</td><td>that it knows a password, which others on the way can read</td>
 *     <td>nothing</td></tr>
 * <tr><td>CURVE</td><td>yes</td><td>that it has the secret key of a public one</td><td>that it has
 *     the secret key of the public one that the client knows</td></tr>
 * <tr><td>GSSAPI</td><td>yes</td><td>that Kerberos knows it</td><td>that Kerberos knows it</td></tr>
 * </tbody>
 * </table>
 *
 * <p><strong>Three steps.</strong> {@link io.panamq.SocketSecurity} sets the mechanism of a socket
 * and its keys, and its method {@link io.panamq.SocketSecurity#authenticate} says that peers must
 * be authenticated. A {@link io.panamq.security.ZapAuthenticator} in the same context does that. It
 * lets in only the peers that one of its rules accepts. A {@link
 * io.panamq.security.CertificateStore} has the public keys of the clients, usually in a folder of
 * files; a {@link io.panamq.security.Certificate} is one of them.
 *
 * <p><strong>Nothing is open by mistake.</strong> A socket that called {@code authenticate} refuses
 * to bind and to connect while its context has no authenticator, and when the authenticator ends,
 * its sockets let nobody in any more. This also holds if {@link io.panamq.SocketOption#ZAP_DOMAIN}
 * is set. Without a domain, libzmq lets everybody in to NULL sockets, and everybody who knows the
 * public key of the server in to CURVE sockets.
 *
 * <p><strong>Secrets.</strong> No {@code toString}, exception, log or report of PanaMQ shows a
 * secret key or a password. {@link io.panamq.CurveKeyPair#destroy} wipes a key from the memory of
 * Java; libzmq keeps its copy until the socket is closed. A text such as the result of {@link
 * io.panamq.CurveKeyPair#secretKey} cannot be wiped, nor can one that was read from a file.
 *
 * <p><strong>GSSAPI</strong> needs a libzmq that was built with it ({@link
 * io.panamq.Capability#GSSAPI}); the bundled one is not. Its credentials reach the callback of the
 * authenticator.
 */
@NullMarked
package io.panamq.security;

import org.jspecify.annotations.NullMarked;

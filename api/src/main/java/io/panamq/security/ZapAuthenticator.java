// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import io.panamq.Context;
import io.panamq.error.ContextTerminatedException;
import io.panamq.error.ZmqException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides which peers may connect to the sockets of a context: the ZAP handler of ZeroMQ RFC 27. It
 * is started by {@link #builder}.
 *
 * {@snippet class="io.panamq.snippets.SecuritySnippets" region="server"}
 *
 * <p><strong>Which sockets.</strong> libzmq asks about each new tcp, ipc or ws connection of a
 * socket of the same context that called {@link io.panamq.SocketSecurity#authenticate}, and also
 * about those of other PLAIN and CURVE servers, with the domain {@code ""}. A CURVE server that did
 * not call it is open to everybody who knows its key when the authenticator has ended: call it.
 * Connections of inproc are never authenticated.
 *
 * <p><strong>Rules.</strong> A peer that no rule lets in is refused. First the address must not be
 * denied, and must be allowed if anything is ({@link Builder#denyAddresses}, {@link
 * Builder#allowAddresses}). Then a rule for the domain and the mechanism, or one for all domains
 * ({@link #ANY_DOMAIN}), lets the peer in. If none does, the callback of the domain decides, or
 * that of all domains. Without a callback the peer is refused. To learn who was refused and why,
 * log the level {@code DEBUG} of the {@link System.Logger} {@code
 * io.panamq.security.ZapAuthenticator}.
 *
 * <p><strong>User id.</strong> The messages of a peer that was let in tell who it is: {@code
 * message.metadata("User-Id")} is the name of a PLAIN user, the public key of a CURVE client, or
 * what the callback has said. The metadata of its certificate can be read in the same way.
 *
 * <p><strong>Threads.</strong> It has one thread, a daemon, which answers libzmq. Callbacks run on
 * that thread, too, and must be quick, since all other peers wait meanwhile; with {@link
 * Builder#executor} they run there and may block. A peer waits for its answer for {@link
 * io.panamq.SocketOption#HANDSHAKE_IVL}, 30 seconds unless it is set.
 *
 * <p><strong>Life.</strong> Start it before the sockets call bind or connect, and close it after
 * them. It also ends with its context. All methods may be called by any thread.
 */
public final class ZapAuthenticator implements AutoCloseable {
    /** The domain of rules that hold for all domains, also the empty one. */
    public static final String ANY_DOMAIN = "*";

    private final ZapHandler handler;

    private ZapAuthenticator(ZapHandler handler) {
        this.handler = handler;
    }

    /**
     * Returns a builder for an authenticator that refuses everybody, until it has rules.
     *
     * @param context the context of the sockets
     * @return the builder
     */
    public static Builder builder(Context context) {
        return new Builder(Objects.requireNonNull(context, "context"));
    }

    /**
     * Returns whether it answers no more.
     *
     * @return true after {@link #close}, or after the context has ended
     */
    public boolean isClosed() {
        return handler.isClosed();
    }

    /**
     * Ends the authenticator: from now on nobody gets in to a socket that called {@link
     * io.panamq.SocketSecurity#authenticate}. Connections that exist stay. What callbacks on an
     * executor still decide is dropped. Waits up to two seconds for a callback that runs on the
     * authenticator's own thread, and interrupts it then; called on that thread, it does not wait.
     * Does nothing if it was closed before.
     */
    @Override
    public void close() {
        handler.close();
    }

    /** Returns the context, and whether it is closed. */
    @Override
    public String toString() {
        return "ZapAuthenticator" + (isClosed() ? "[closed]" : "[]");
    }

    /** Collects the rules of an authenticator and starts it. Not thread safe. */
    public static final class Builder {
        private final Context context;
        private final List<AddressRange> allowed = new ArrayList<>();
        private final List<AddressRange> denied = new ArrayList<>();
        private final Map<String, DomainRules> domains = new HashMap<>();
        private @Nullable Executor executor;

        private Builder(Context context) {
            this.context = context;
        }

        /**
         * Refuses peers of these addresses, whatever other rules say.
         *
         * @param ranges IPv4 or IPv6 addresses such as {@code 10.1.2.3} and {@code ::1}, ranges
         *     such as {@code 10.0.0.0/8} and {@code fe80::/10}, or {@code ipc} for all peers of ipc
         * @return this
         * @throws IllegalArgumentException if one is none of these
         */
        public Builder denyAddresses(String... ranges) {
            add(denied, ranges);
            return this;
        }

        /**
         * Refuses peers of all other addresses. Peers of these addresses are not let in by that:
         * they need a rule of their domain, too.
         *
         * @param ranges as {@link #denyAddresses} takes them
         * @return this
         * @throws IllegalArgumentException if one is none of these
         */
        public Builder allowAddresses(String... ranges) {
            add(allowed, ranges);
            return this;
        }

        private static void add(List<AddressRange> list, String... ranges) {
            List<AddressRange> added = new ArrayList<>();
            for (String range : Objects.requireNonNull(ranges, "ranges")) {
                added.add(AddressRange.parse(range));
            }
            list.addAll(added);
        }

        /**
         * Lets in all peers of the mechanism NULL, which show nothing. Their addresses must be
         * allowed.
         *
         * @param domain a domain, or {@link #ANY_DOMAIN}
         * @return this
         */
        public Builder acceptNull(String domain) {
            rules(domain).acceptsNull = true;
            return this;
        }

        /**
         * Lets in a user of the mechanism PLAIN.
         *
         * @param domain a domain, or {@link #ANY_DOMAIN}
         * @param user the name
         * @param password the password; a later one for the same name replaces it
         * @return this
         * @throws IllegalArgumentException if the name or the password is empty
         */
        public Builder acceptPlain(String domain, String user, String password) {
            if (Objects.requireNonNull(user, "user").isEmpty()
                    || Objects.requireNonNull(password, "password").isEmpty()) {
                throw new IllegalArgumentException("the name or the password is empty");
            }
            rules(domain).passwords.put(user, password.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        /**
         * Lets in the clients of the mechanism CURVE whose public keys are in a store.
         *
         * @param domain a domain, or {@link #ANY_DOMAIN}
         * @param store is asked for each client, on the authenticator's thread
         * @return this
         */
        public Builder acceptCurve(String domain, CertificateStore store) {
            rules(domain).stores.add(Objects.requireNonNull(store, "store"));
            return this;
        }

        /**
         * Lets in all clients of the mechanism CURVE, whatever their keys are. Each of them knows
         * the public key of the server.
         *
         * @param domain a domain, or {@link #ANY_DOMAIN}
         * @return this
         */
        public Builder acceptAnyCurve(String domain) {
            rules(domain).acceptsAnyCurve = true;
            return this;
        }

        /**
         * Sets who decides about the peers that no rule has let in, and whose addresses are
         * allowed. If the callback throws or returns null, the peer is refused, and an error is
         * logged.
         *
         * @param domain a domain, or {@link #ANY_DOMAIN}
         * @param callback returns the decision; by default nobody is let in. It runs on the
         *     authenticator's thread, or on the {@link #executor}
         * @return this
         */
        public Builder onRequest(String domain, Function<? super ZapRequest, ZapReply> callback) {
            rules(domain).callback = Objects.requireNonNull(callback, "callback");
            return this;
        }

        /**
         * Sets where callbacks run, so that they may be slow.
         *
         * @param callbacks runs them. It is not shut down by the authenticator. If it refuses one,
         *     that peer may try again later
         * @return this
         */
        public Builder executor(Executor callbacks) {
            executor = Objects.requireNonNull(callbacks, "executor");
            return this;
        }

        private DomainRules rules(String domain) {
            Objects.requireNonNull(domain, "domain");
            return domains.computeIfAbsent(domain, name -> new DomainRules());
        }

        /**
         * Starts the authenticator with a copy of these rules. Returns at once.
         *
         * @return the authenticator, which the caller closes
         * @throws IllegalStateException if the context has an authenticator already
         * @throws ContextTerminatedException if the context is closed or shut down
         * @throws ZmqException EMFILE if there are too many sockets or open files
         */
        public ZapAuthenticator start() {
            ZapPolicy policy = new ZapPolicy(allowed, denied, domains);
            return new ZapAuthenticator(ZapHandler.start(context, policy, executor));
        }
    }
}

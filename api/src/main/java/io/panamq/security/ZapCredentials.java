// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import java.util.Objects;

/** What a peer shows to be let in: one type for each security mechanism of ZeroMQ. */
public sealed interface ZapCredentials {
    /**
     * Returns the name of the mechanism.
     *
     * @return {@code NULL}, {@code PLAIN}, {@code CURVE} or {@code GSSAPI}
     */
    String mechanism();

    /** The peer shows nothing: mechanism NULL. */
    record Null() implements ZapCredentials {
        /** Makes the credentials of a peer that shows nothing. */
        public Null {}

        @Override
        public String mechanism() {
            return "NULL";
        }
    }

    /**
     * The peer shows a name and a password: mechanism PLAIN. {@link #toString} shows neither.
     *
     * @param user the name, decoded from UTF-8
     * @param password the password, decoded from UTF-8
     */
    record Plain(String user, String password) implements ZapCredentials {
        /**
         * Makes the credentials of a peer that shows a name and a password.
         *
         * @param user the name, decoded from UTF-8
         * @param password the password, decoded from UTF-8
         */
        public Plain {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public String mechanism() {
            return "PLAIN";
        }

        /** Returns the type only: a password that was typed as the name must not show either. */
        @Override
        public String toString() {
            return "Plain[]";
        }
    }

    /**
     * The peer has proved that it has the secret key of this public one: mechanism CURVE.
     *
     * @param publicKey 40 characters Z85
     */
    record Curve(String publicKey) implements ZapCredentials {
        /**
         * Makes the credentials of a peer that has a key.
         *
         * @param publicKey 40 characters Z85
         */
        public Curve {
            Objects.requireNonNull(publicKey, "publicKey");
        }

        @Override
        public String mechanism() {
            return "CURVE";
        }
    }

    /**
     * Kerberos has proved who the peer is: mechanism GSSAPI.
     *
     * @param principal the name of the peer
     */
    record Gssapi(String principal) implements ZapCredentials {
        /**
         * Makes the credentials of a peer that Kerberos knows.
         *
         * @param principal the name of the peer
         */
        public Gssapi {
            Objects.requireNonNull(principal, "principal");
        }

        @Override
        public String mechanism() {
            return "GSSAPI";
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * The public and the secret key of one CURVE party. {@link Curve#keyPair} makes a new pair. {@link
 * #toString} does not show the secret key, and {@link #destroy} wipes it. Thread safe; all methods
 * return at once.
 */
public final class CurveKeyPair {
    static final int KEY_LENGTH = 40;

    private final String publicKey;

    /** 32 bytes; zeros when it is destroyed. Its lock guards it. */
    private final byte[] secret;

    private boolean destroyed;

    /**
     * Checks the form of the keys, and keeps them.
     *
     * @param publicKey to give to others: 40 characters Z85
     * @param secretKey to keep: 40 characters Z85
     * @throws IllegalArgumentException if a key has another length or other characters
     */
    public CurveKeyPair(String publicKey, String secretKey) {
        checkKey("public key", Objects.requireNonNull(publicKey, "publicKey"));
        checkKey("secret key", Objects.requireNonNull(secretKey, "secretKey"));
        this.publicKey = publicKey;
        this.secret = Z85.decode(secretKey);
    }

    /** Keeps keys that are known to be well-formed; the array is this object's from now on. */
    CurveKeyPair(String publicKey, byte[] secret) {
        this.publicKey = publicKey;
        this.secret = secret;
    }

    static void checkKey(String name, String key) {
        if (key.length() != KEY_LENGTH) {
            throw new IllegalArgumentException(
                    name + " has " + key.length() + " characters, not 40 of Z85");
        }
        byte[] decoded;
        try {
            decoded = Z85.decode(key);
        } catch (IllegalArgumentException e) {
            // Without the cause: its text could hold a part of the key.
            throw new IllegalArgumentException(name + " is not Z85");
        }
        Arrays.fill(decoded, (byte) 0);
    }

    /**
     * Returns the key to give to others.
     *
     * @return 40 characters Z85
     */
    public String publicKey() {
        return publicKey;
    }

    /**
     * Returns the key to keep, as a text that nobody can wipe: only for those who store it.
     *
     * @return 40 characters Z85
     * @throws IllegalStateException if it was destroyed
     */
    public String secretKey() {
        byte[] copy = copySecret();
        try {
            return Z85.encode(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /** Returns a copy of the 32 bytes, which the caller wipes. */
    byte[] copySecret() {
        synchronized (secret) {
            if (destroyed) {
                throw new IllegalStateException(this + ": the secret key was destroyed");
            }
            return secret.clone();
        }
    }

    /**
     * Wipes the secret key from the memory of this object. Sockets that were given the pair keep
     * their own copy in libzmq until they are closed. Does nothing if it was called before.
     */
    public void destroy() {
        synchronized (secret) {
            destroyed = true;
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Returns whether the secret key was wiped.
     *
     * @return true after {@link #destroy}
     */
    public boolean isDestroyed() {
        synchronized (secret) {
            return destroyed;
        }
    }

    /** Returns whether both keys are the same; a pair that was destroyed equals only itself. */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof CurveKeyPair pair)
                || !publicKey.equals(pair.publicKey)
                || isDestroyed()
                || pair.isDestroyed()) {
            return false;
        }
        byte[] mine = copySecret();
        byte[] others = pair.copySecret();
        try {
            return MessageDigest.isEqual(mine, others);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(others, (byte) 0);
        }
    }

    /** Returns a number made of the public key. */
    @Override
    public int hashCode() {
        return publicKey.hashCode();
    }

    /** Returns the public key, and never the secret one. */
    @Override
    public String toString() {
        return "CurveKeyPair[" + publicKey + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * The public and the secret key of one CURVE party, as text. {@link Curve#keyPair} makes a new
 * pair. {@link #toString} does not show the secret one.
 *
 * @param publicKey to give to others: 40 characters Z85
 * @param secretKey to keep: 40 characters Z85
 */
public record CurveKeyPair(String publicKey, String secretKey) {
    static final int KEY_LENGTH = 40;

    /**
     * Checks the form of the keys.
     *
     * @param publicKey to give to others: 40 characters Z85
     * @param secretKey to keep: 40 characters Z85
     * @throws IllegalArgumentException if a key has another length or other characters
     */
    public CurveKeyPair {
        checkKey("public key", publicKey);
        checkKey("secret key", secretKey);
    }

    static void checkKey(String name, String key) {
        if (key.length() != KEY_LENGTH) {
            throw new IllegalArgumentException(
                    name + " has " + key.length() + " characters, not 40 of Z85");
        }
        try {
            Z85.decode(key);
        } catch (IllegalArgumentException e) {
            // Without the cause: its text could hold a part of the key.
            throw new IllegalArgumentException(name + " is not Z85");
        }
    }

    /** Returns the public key, and never the secret one. */
    @Override
    public String toString() {
        return "CurveKeyPair[" + publicKey + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.it;

import io.panamq.Message;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The size and the hash of a frame, written as {@code size:sha256}, which is how peers print it.
 */
record Frame(long size, String sha256) {

    /** Reads the content in place. The message stays the caller's. */
    static Frame of(Message message) {
        MessageDigest digest = sha256Digest();
        digest.update(message.data().asByteBuffer());
        return new Frame(message.size(), HexFormat.of().formatHex(digest.digest()));
    }

    static Frame parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not size:sha256: " + text);
        }
        return new Frame(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return size + ":" + sha256;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}

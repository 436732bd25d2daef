// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.panamq.bindings.calls.CurveCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.internal.error.Failures;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Makes keys for the CURVE mechanism. All methods return at once and can be called by any thread.
 *
 * <p>A server's key pair is made once, with {@link #keyPair}, and kept: its clients know the public
 * key. A {@link io.panamq.security.Certificate} keeps a pair in files, which other ZeroMQ libraries
 * read, too. A program that stores the two texts of a {@link CurveKeyPair} itself makes the pair of
 * them again with {@code new CurveKeyPair(publicKey, secretKey)}. The texts are Z85, as libzmq's
 * {@code curve_keygen} prints them; {@link Z85} converts keys of 32 bytes. A client may make a new
 * pair at each start if nobody checks its public key.
 */
public final class Curve {
    private static final int ROOM = CurveKeyPair.KEY_LENGTH + 1;

    private Curve() {}

    /**
     * Makes a new random key pair. C function: {@code zmq_curve_keypair}.
     *
     * @return the keys
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without CURVE
     */
    public static CurveKeyPair keyPair() {
        requireSupported();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment publicKey = arena.allocate(ROOM);
            MemorySegment secretKey = arena.allocate(ROOM);
            checked(CurveCalls.keyPair(NativeMemory.errnoCapture(), publicKey, secretKey));
            return new CurveKeyPair(publicKey.getString(0), decodeAndWipe(secretKey));
        }
    }

    /**
     * Returns the public key that belongs to a secret one. C function: {@code zmq_curve_public}.
     *
     * @param secretKey 40 characters Z85
     * @return 40 characters Z85
     * @throws IllegalArgumentException if the key is not 40 characters of Z85
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without CURVE
     */
    public static String publicKey(String secretKey) {
        CurveKeyPair.checkKey("secret key", Objects.requireNonNull(secretKey, "secretKey"));
        requireSupported();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment publicKey = arena.allocate(ROOM);
            MemorySegment secret = arena.allocateFrom(secretKey);
            try {
                checked(CurveCalls.publicKey(NativeMemory.errnoCapture(), publicKey, secret));
            } finally {
                secret.fill((byte) 0);
            }
            return publicKey.getString(0);
        }
    }

    /** Decodes a key without a text of it, which would stay in the heap. */
    private static byte[] decodeAndWipe(MemorySegment key) {
        char[] chars = new char[CurveKeyPair.KEY_LENGTH];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) key.get(JAVA_BYTE, i);
        }
        key.fill((byte) 0);
        try {
            return Z85.decodeChars(CharBuffer.wrap(chars));
        } finally {
            Arrays.fill(chars, ' ');
        }
    }

    static void requireSupported() {
        if (!Zmq.has(Capability.CURVE)) {
            throw Failures.of(Errno.ENOTSUP, "CURVE", "libzmq " + Zmq.version());
        }
    }

    private static void checked(int result) {
        if (result < 0) {
            throw Failures.of(result, "CURVE", "libzmq " + Zmq.version());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/** The box of CURVE (X25519, XSalsa20, Poly1305) in plain Java, for peers written by hand. */
final class CurveBox {
    private static final int[] SIGMA =
            words("expand 32-byte k".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    private static final int[] KEY_PLACES = {1, 2, 3, 4, 11, 12, 13, 14};

    private final int[] key;

    /** Derives the key that a secret key and a public key share. */
    CurveBox(byte[] secretKey, byte[] publicKey) throws GeneralSecurityException {
        byte[] point = reverse(publicKey);
        point[0] &= 0x7F;
        KeyFactory keys = KeyFactory.getInstance("X25519");
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(
                keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secretKey)));
        agreement.doPhase(
                keys.generatePublic(
                        new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, point))),
                true);
        key = derive(words(agreement.generateSecret()), new int[4]);
    }

    /** Returns the sealed content, which is sixteen bytes longer. */
    byte[] seal(byte[] content, byte[] nonce) {
        int[] number = words(nonce);
        int[] own = derive(key, Arrays.copyOf(number, 4));
        ByteBuffer stream =
                ByteBuffer.allocate((content.length + 95) / 64 * 64).order(ByteOrder.LITTLE_ENDIAN);
        for (int block = 0; stream.hasRemaining(); block++) {
            int[] input = input(own, new int[] {number[4], number[5], block, 0});
            int[] mixed = mix(input);
            for (int i = 0; i < 16; i++) {
                stream.putInt(mixed[i] + input[i]);
            }
        }
        byte[] box = new byte[16 + content.length];
        for (int i = 0; i < content.length; i++) {
            box[16 + i] = (byte) (content[i] ^ stream.get(32 + i));
        }
        byte[] tag = tag(Arrays.copyOf(stream.array(), 32), box);
        System.arraycopy(tag, 0, box, 0, 16);
        return box;
    }

    /** Returns the Poly1305 tag of everything behind the place of the tag. */
    private static byte[] tag(byte[] key, byte[] box) {
        byte[] multiplier = Arrays.copyOf(key, 16);
        for (int i = 3; i < 16; i += 4) {
            multiplier[i] &= 15;
            multiplier[(i + 1) % 16] &= (byte) (i == 15 ? 255 : 252);
        }
        BigInteger prime = BigInteger.TWO.pow(130).subtract(BigInteger.valueOf(5));
        BigInteger factor = number(multiplier);
        BigInteger sum = BigInteger.ZERO;
        for (int at = 16; at < box.length; at += 16) {
            int end = Math.min(at + 16, box.length);
            byte[] part = Arrays.copyOf(Arrays.copyOfRange(box, at, end), end - at + 1);
            part[end - at] = 1;
            sum = sum.add(number(part)).multiply(factor).mod(prime);
        }
        byte[] tag = reverse(sum.add(number(Arrays.copyOfRange(key, 16, 32))).toByteArray());
        return Arrays.copyOf(tag, 16);
    }

    private static BigInteger number(byte[] littleEndian) {
        return new BigInteger(1, reverse(littleEndian));
    }

    /** Computes HSalsa20. */
    private static int[] derive(int[] key, int[] nonce) {
        int[] mixed = mix(input(key, nonce));
        return new int[] {
            mixed[0], mixed[5], mixed[10], mixed[15], mixed[6], mixed[7], mixed[8], mixed[9]
        };
    }

    private static int[] input(int[] key, int[] nonce) {
        int[] input = new int[16];
        for (int i = 0; i < 4; i++) {
            input[5 * i] = SIGMA[i];
            input[6 + i] = nonce[i];
        }
        for (int i = 0; i < 8; i++) {
            input[KEY_PLACES[i]] = key[i];
        }
        return input;
    }

    /** Makes the twenty rounds of Salsa20. */
    private static int[] mix(int[] input) {
        int[] x = input.clone();
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 4; i++) {
                quarter(x, 5 * i, (5 * i + 4) % 16, (5 * i + 8) % 16, (5 * i + 12) % 16);
            }
            for (int i = 0; i < 4; i++) {
                int row = 4 * i;
                quarter(x, 5 * i, row + (i + 1) % 4, row + (i + 2) % 4, row + (i + 3) % 4);
            }
        }
        return x;
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }

    private static int[] words(byte[] bytes) {
        int[] words = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
        return words;
    }

    private static byte[] reverse(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}

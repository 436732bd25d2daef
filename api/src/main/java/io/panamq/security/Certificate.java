// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.error.UnsupportedFeatureException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A CURVE key with notes about its owner, which is kept in files. A certificate with a secret key
 * is its owner's; one without is for the others.
 *
 * {@snippet class="io.panamq.snippets.SecuritySnippets" region="certificate"}
 *
 * <p><strong>Files.</strong> {@link #save} writes two files, one without the secret key and one
 * with it, whose name has {@code _secret} at its end. CZMQ ({@code zcert}) and pyzmq ({@code
 * zmq.auth}) read these files and write such files. pyzmq wants the first name to end in {@code
 * .key}.
 *
 * <p>A certificate does not change, except for {@link #destroy}. Thread safe. {@link #toString}
 * does not show the secret key.
 */
public final class Certificate {
    private final String publicKey;
    private final @Nullable CurveKeyPair keys;
    private final Map<String, String> metadata;

    private Certificate(
            String publicKey, @Nullable CurveKeyPair keys, Map<String, String> metadata) {
        this.publicKey = publicKey;
        this.keys = keys;
        this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Makes a certificate with new keys. Returns at once. C function: {@code zmq_curve_keypair}.
     *
     * @return a certificate with a secret key and without metadata
     * @throws UnsupportedFeatureException ENOTSUP if libzmq was built without CURVE
     */
    public static Certificate generate() {
        return of(Curve.keyPair());
    }

    /**
     * Makes a certificate of a pair of keys. Returns at once.
     *
     * @param keys stays the same object, so that {@link #destroy} destroys it
     * @return a certificate with a secret key and without metadata
     */
    public static Certificate of(CurveKeyPair keys) {
        return new Certificate(Objects.requireNonNull(keys, "keys").publicKey(), keys, Map.of());
    }

    /**
     * Makes a certificate of somebody else. Returns at once.
     *
     * @param publicKey 40 characters Z85
     * @return a certificate without a secret key and without metadata
     * @throws IllegalArgumentException if it is not 40 characters of Z85
     */
    public static Certificate ofPublicKey(String publicKey) {
        return new Certificate(
                CertificateFile.checkKey(Objects.requireNonNull(publicKey, "publicKey")),
                null,
                Map.of());
    }

    /**
     * Reads a file that {@link #save}, CZMQ or pyzmq wrote. Blocks as long as reading a small file
     * does.
     *
     * @param file either of the two files of a certificate
     * @return the certificate, with a secret key if the file has one
     * @throws IOException if it cannot be read, or is no certificate; the text says where, and
     *     shows nothing of the content
     */
    public static Certificate load(Path file) throws IOException {
        CertificateFile content = CertificateFile.read(Objects.requireNonNull(file, "file"));
        return new Certificate(content.publicKey(), content.keys(), content.metadata());
    }

    /**
     * Writes the certificate to its files, and replaces them if they exist: the file of the given
     * name without the secret key, and, if there is a secret key, a second one with {@code _secret}
     * behind its name, which only its owner can read and write. Blocks as long as writing two small
     * files does. A reader sees the old file or the new one, and never a part of it.
     *
     * @param file where to, such as {@code server.key}
     * @throws IllegalArgumentException if it has more metadata than fits a file of 64 KiB
     * @throws IOException if a file cannot be written, or made readable to its owner only
     * @throws IllegalStateException if the secret key was destroyed
     */
    public void save(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        if (keys != null) {
            Path secret = file.resolveSibling(fileName(file) + CertificateFile.SECRET);
            CertificateFile.write(secret, publicKey, keys, metadata);
        }
        savePublic(file);
    }

    /**
     * Writes the certificate to a file without the secret key, to be given to others. Blocks as
     * long as writing a small file does.
     *
     * @param file where to, such as {@code server.key}; replaced if it exists
     * @throws IllegalArgumentException if it has more metadata than fits a file of 64 KiB
     * @throws IOException if it cannot be written
     */
    public void savePublic(Path file) throws IOException {
        CertificateFile.write(Objects.requireNonNull(file, "file"), publicKey, null, metadata);
    }

    private static String fileName(Path file) throws IOException {
        Path name = file.getFileName();
        if (name == null) {
            throw new IOException(file + " has no name");
        }
        return name.toString();
    }

    /**
     * Returns the public key.
     *
     * @return 40 characters Z85
     */
    public String publicKey() {
        return publicKey;
    }

    /**
     * Returns whether there is a secret key.
     *
     * @return true if it is the certificate of its owner, also after {@link #destroy}
     */
    public boolean hasSecretKey() {
        return keys != null;
    }

    /**
     * Returns both keys, for {@link io.panamq.SocketSecurity#curveServer} and {@code curveClient}.
     *
     * @return the keys; {@link #destroy} destroys them
     * @throws IllegalStateException if there is no secret key
     */
    public CurveKeyPair keys() {
        if (keys == null) {
            throw new IllegalStateException(this + " has no secret key: load the file with it");
        }
        return keys;
    }

    /**
     * Returns what was noted about the owner.
     *
     * @return names and values, in their order; nobody can change it
     */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Returns a certificate with the same keys and one more note about the owner.
     *
     * @param name 1 to 255 letters, digits and {@code -_.@&+/$} of ASCII
     * @param value a text without control characters, and not with both kinds of quotes
     * @return the certificate; it shares the secret key with this one
     * @throws IllegalArgumentException if the name or the value cannot be written to a file
     */
    public Certificate with(String name, String value) {
        CertificateFile.checkEntry(
                Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(name, value);
        return new Certificate(publicKey, keys, more);
    }

    /** Returns this certificate without the secret key. */
    Certificate withoutSecret() {
        return new Certificate(publicKey, null, metadata);
    }

    /**
     * Wipes the secret key, as {@link CurveKeyPair#destroy} does. Does nothing if there is none.
     * The text that {@link #load} read it from is garbage, and stays in the heap until it is
     * collected.
     */
    public void destroy() {
        if (keys != null) {
            keys.destroy();
        }
    }

    /** Returns whether the other one has the same public key and metadata. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Certificate certificate
                && publicKey.equals(certificate.publicKey)
                && metadata.equals(certificate.metadata)
                && Objects.equals(keys, certificate.keys);
    }

    /** Returns a number made of the public key. */
    @Override
    public int hashCode() {
        return publicKey.hashCode();
    }

    /** Returns the public key, and never the secret one. */
    @Override
    public String toString() {
        return "Certificate[" + publicKey + "]";
    }
}

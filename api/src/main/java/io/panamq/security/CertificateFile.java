// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import io.panamq.Capability;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Z85;
import io.panamq.Zmq;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of certificates: ZPL (ZeroMQ RFC 4) with the sections {@code metadata} and {@code
 * curve}, written so that CZMQ and pyzmq read them. No exception shows anything of the content.
 */
record CertificateFile(
        String publicKey, @Nullable CurveKeyPair keys, Map<String, String> metadata) {
    /** What the name of a file with a secret key ends with. */
    static final String SECRET = "_secret";

    private static final int MOST_BYTES = 64 * 1024;
    private static final int KEY_LENGTH = 40;
    private static final String PUBLIC_KEY = "public-key";
    private static final String SECRET_KEY = "secret-key";

    static String checkKey(String key) {
        boolean good = key.length() == KEY_LENGTH;
        try {
            Z85.decode(good ? key : "");
        } catch (IllegalArgumentException e) {
            good = false;
        }
        if (!good) {
            // Without the key, which may be a secret one in the wrong place.
            throw new IllegalArgumentException("the public key is not 40 characters of Z85");
        }
        return key;
    }

    static void checkEntry(String name, String value) {
        if (!name.matches("[A-Za-z0-9_.@&+/$-]{1,255}")) {
            throw new IllegalArgumentException("'" + name + "' cannot be a name in a certificate");
        }
        boolean controls = value.chars().anyMatch(Character::isISOControl);
        if (controls || (value.indexOf('"') >= 0 && value.indexOf('\'') >= 0)) {
            throw new IllegalArgumentException(
                    "the value of " + name + " has control characters, or both kinds of quotes");
        }
    }

    // ---- reading

    static CertificateFile read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        try {
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException("it is too long");
            }
            return parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no certificate: " + e.getMessage());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Reads the text of a file.
     *
     * @throws IllegalArgumentException if it is not of a certificate
     */
    static CertificateFile parse(String text) {
        Map<String, String> curve = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        String section = "";
        int number = 0;
        // Editors of Windows begin a file of UTF-8 with a mark.
        String marked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (String line : marked.split("\r?\n", -1)) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            int equals = content.indexOf('=');
            if (!Character.isWhitespace(line.charAt(0))) {
                section = equals < 0 ? content : "";
            } else if (section.equals("curve") || section.equals("metadata")) {
                if (equals < 1) {
                    throw new IllegalArgumentException("line " + number + " has no name and value");
                }
                String name = content.substring(0, equals).strip();
                String value = value(content.substring(equals + 1).strip(), number);
                (section.equals("curve") ? curve : metadata).put(name, value);
            }
        }
        String publicKey = curve.get(PUBLIC_KEY);
        if (publicKey == null) {
            throw new IllegalArgumentException("it has no public key");
        }
        String secretKey = curve.get(SECRET_KEY);
        if (secretKey != null
                && Zmq.has(Capability.CURVE)
                && !Curve.publicKey(secretKey).equals(publicKey)) {
            throw new IllegalArgumentException("its two keys do not belong together");
        }
        return new CertificateFile(
                checkKey(publicKey),
                secretKey == null ? null : new CurveKeyPair(publicKey, secretKey),
                metadata);
    }

    /** Takes off the quotes, or the comment behind a value without quotes. */
    private static String value(String text, int number) {
        char quote = text.isEmpty() ? ' ' : text.charAt(0);
        if (quote == '"' || quote == '\'') {
            int end = text.indexOf(quote, 1);
            while (end > 0 && !isEmpty(text.substring(end + 1))) {
                // CZMQ writes quotes within quotes.
                end = text.indexOf(quote, end + 1);
            }
            if (end < 0) {
                throw new IllegalArgumentException("line " + number + " has no closing quote");
            }
            return text.substring(1, end);
        }
        int comment = text.indexOf('#');
        return comment < 0 ? text : text.substring(0, comment).strip();
    }

    private static boolean isEmpty(String rest) {
        String text = rest.strip();
        return text.isEmpty() || text.startsWith("#");
    }

    // ---- writing

    /** Replaces a file in one step. One with a secret key is its owner's from the beginning. */
    static void write(
            Path file, String publicKey, @Nullable CurveKeyPair keys, Map<String, String> metadata)
            throws IOException {
        byte[] bytes = format(publicKey, keys, metadata).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BYTES) {
            Arrays.fill(bytes, (byte) 0);
            throw new IllegalArgumentException(
                    "the metadata is too long: a certificate has up to " + MOST_BYTES + " bytes");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is no name of a file");
        }
        // Only the owner may read and write a new temporary file.
        Path written = Files.createTempFile(folder, ".panamq", ".tmp");
        try {
            setReaders(written, keys == null);
            Files.write(written, bytes);
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Files.deleteIfExists(written);
        }
    }

    private static void setReaders(Path file, boolean everybody) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> permissions =
                    PosixFilePermissions.fromString(everybody ? "rw-r--r--" : "rw-------");
            Files.setPosixFilePermissions(file, permissions);
        } else if (!everybody) {
            java.io.File plain = file.toFile();
            if (!plain.setReadable(false, false) || !plain.setReadable(true, true)) {
                throw new IOException(file + " cannot be made readable to its owner only");
            }
        }
    }

    static String format(
            String publicKey, @Nullable CurveKeyPair keys, Map<String, String> metadata) {
        var text = new StringBuilder();
        text.append(
                keys == null
                        ? "# ZeroMQ CURVE certificate with a public key, for those who talk to its"
                                + " owner.\n\n"
                        : "# ZeroMQ CURVE certificate with a secret key. Give it to nobody.\n\n");
        text.append("metadata\n");
        metadata.forEach((name, value) -> append(text, name, value));
        text.append("curve\n");
        append(text, PUBLIC_KEY, publicKey);
        if (keys != null) {
            append(text, SECRET_KEY, keys.secretKey());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String value) {
        // Within single quotes if double ones would be read as another value.
        char quote = value('"' + value + '"', 0).equals(value) ? '"' : '\'';
        text.append("    ").append(name).append(" = ");
        text.append(quote).append(value).append(quote).append('\n');
    }
}

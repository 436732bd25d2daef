// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The properties of the bundled library. {@code native/build} ran the library to learn them, so
 * that a JVM needs a few comparisons to check it instead of several downcalls.
 */
final class LibraryManifest {
    private static final String NAME = "manifest.properties";

    private final String sha256;
    private final boolean complete;
    private final String hardened;
    private @Nullable LibraryVersion version;
    private long messageSize;
    private long size;
    private long crc32;

    private LibraryManifest(Properties entries, String folder) throws IOException {
        this.sha256 = entries.getProperty("sha256", "");
        if (!isHash(sha256)) {
            throw new IOException(folder + NAME + " has no valid sha256");
        }
        this.hardened = entries.getProperty("hardened", "");
        this.complete = hasAll(entries, "libzmq.version", "zmq_msg_t", "size", "crc32");
        if (complete) {
            try {
                version = parseVersion(entries.getProperty("libzmq.version"));
                messageSize = Long.parseLong(entries.getProperty("zmq_msg_t"));
                size = Long.parseLong(entries.getProperty("size"));
                crc32 = Long.parseLong(entries.getProperty("crc32"), 16);
            } catch (NumberFormatException e) {
                throw new IOException(folder + NAME + " has an entry that is no number", e);
            }
        }
    }

    /** Reads the manifest in a folder of the jar; returns null if there is none. */
    static @Nullable LibraryManifest read(ClassLoader resources, String folder) throws IOException {
        try (InputStream in = resources.getResourceAsStream(folder + NAME)) {
            if (in == null) {
                return null;
            }
            var entries = new Properties();
            entries.load(in);
            return new LibraryManifest(entries, folder);
        }
    }

    String sha256() {
        return sha256;
    }

    /**
     * Returns whether all properties are there, so that nobody has to look into the library. The
     * manifest of an older {@code native/build} has only some.
     */
    boolean isComplete() {
        return complete;
    }

    /** Returns the names of the edits that keep libzmq from ending the process, with commas. */
    String hardened() {
        return hardened;
    }

    /** Returns the version of the library; the manifest must be complete. */
    LibraryVersion version() {
        return Objects.requireNonNull(version);
    }

    /** Throws the reason if the library cannot be used; the manifest must be complete. */
    void check() {
        LibraryProbe.check(version(), messageSize);
    }

    /**
     * Returns whether a file has the size and the CRC-32 of the library. That finds a file that is
     * damaged, but not one that is forged. The manifest must be complete.
     */
    boolean describes(Path file) throws IOException {
        assert complete;
        var crc = new CRC32();
        byte[] buffer = new byte[1 << 16];
        long left = size;
        try (var in = new FileInputStream(file.toFile())) {
            int count = in.read(buffer);
            while (count > 0 && left >= 0) {
                crc.update(buffer, 0, count);
                left -= count;
                count = in.read(buffer);
            }
        }
        return left == 0 && crc.getValue() == crc32;
    }

    private static boolean hasAll(Properties entries, String... keys) {
        for (String key : keys) {
            if (entries.getProperty(key) == null) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHash(String text) {
        if (text.length() != 64) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789abcdef".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static LibraryVersion parseVersion(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0) {
            throw new NumberFormatException("not three numbers: " + text);
        }
        return new LibraryVersion(
                Integer.parseInt(text.substring(0, first)),
                Integer.parseInt(text.substring(first + 1, second)),
                Integer.parseInt(text.substring(second + 1)));
    }
}

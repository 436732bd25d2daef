// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/**
 * The libzmq inside the jar: found by platform, unpacked once into a private folder of the user.
 *
 * <p>The file name holds the content's hash, so that versions live side by side and the next JVM
 * reuses the file. A file of that name is loaded only after its hash was verified again: the folder
 * is private (0700, owned by the user), and a damaged file is replaced.
 */
final class BundledLibrary {
    private final String folder;
    private final String name;
    private final ClassLoader resources;

    BundledLibrary(Platform platform, ClassLoader resources) {
        this.folder = "META-INF/native/" + platform.folder() + "/";
        this.name = platform.bundledName();
        this.resources = resources;
    }

    /** Where the library would be in the jar. */
    String location() {
        return folder + name;
    }

    /** Unpacks the library, or finds it unpacked; empty when the jar has none for this platform. */
    Optional<Path> extract(Path cache) throws IOException {
        Properties manifest = manifest();
        if (manifest == null) {
            return Optional.empty();
        }
        String sha256 = manifest.getProperty("sha256", "");
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IOException(folder + "manifest.properties has no valid sha256");
        }
        Path own = LibraryCache.open(cache);
        Path target = own.resolve(fileName(sha256));
        if (!isIntact(target, sha256)) {
            unpack(own, target, sha256);
        }
        return Optional.of(target);
    }

    private Properties manifest() throws IOException {
        try (InputStream in = resources.getResourceAsStream(folder + "manifest.properties")) {
            if (in == null) {
                return null;
            }
            var manifest = new Properties();
            manifest.load(in);
            return manifest;
        }
    }

    private String fileName(String sha256) {
        int dot = name.lastIndexOf('.');
        return name.substring(0, dot) + "-" + sha256.substring(0, 16) + name.substring(dot);
    }

    private void unpack(Path cache, Path target, String sha256) throws IOException {
        Path staged = Files.createTempFile(cache, name, ".tmp");
        try {
            try (InputStream in = resources.getResourceAsStream(location())) {
                if (in == null) {
                    throw new IOException(location() + " is missing beside its manifest");
                }
                // Into the file as it was created: a new one would be as open as the umask.
                try (var out = Files.newOutputStream(staged)) {
                    in.transferTo(out);
                }
            }
            if (!hasHash(staged, sha256)) {
                throw new IOException(location() + " does not have the manifest's SHA-256");
            }
            moveInPlace(staged, target, sha256);
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    private static void moveInPlace(Path staged, Path target, String sha256) throws IOException {
        try {
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(staged, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Windows refuses to replace a library in use: fine if another JVM was just faster.
            if (!isIntact(target, sha256)) {
                throw e;
            }
        }
    }

    /** Whatever cannot be read is replaced. */
    private static boolean isIntact(Path file, String sha256) {
        try {
            return LibraryCache.isOwn(file) && hasHash(file, sha256);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasHash(Path file, String sha256) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest).equals(sha256);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}

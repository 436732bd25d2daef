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
import org.jspecify.annotations.Nullable;

/**
 * The libzmq inside the jar for one platform, which is unpacked once into a private folder of the
 * user.
 *
 * <p>The name of the unpacked file contains the hash of the library, so that versions live side by
 * side and the next JVM reuses the file. A file is unpacked only if it has the SHA-256 of the
 * manifest. A file that is there already belongs to the user and lies in a folder that nobody else
 * can enter (0700), so it can be damaged but not forged. It is reused if it has the size and the
 * CRC-32 of the manifest, which costs a tenth of the hash, and is replaced otherwise.
 */
final class BundledLibrary {
    private final String folder;
    private final String name;
    private final ClassLoader resources;
    private @Nullable LibraryManifest manifest;

    BundledLibrary(Platform platform, ClassLoader resources) {
        this.folder = "META-INF/native/" + platform.folder() + "/";
        this.name = platform.bundledName();
        this.resources = resources;
    }

    /** Returns the path that the library has in a jar. */
    String location() {
        return folder + name;
    }

    /**
     * Unpacks the library into a folder, unless that was done before. Returns the unpacked file, or
     * empty if the jar has no library for the platform.
     */
    Optional<Path> extract(Path cache) throws IOException {
        LibraryManifest present = manifest();
        if (present == null) {
            return Optional.empty();
        }
        Path own = LibraryCache.open(cache);
        Path target = own.resolve(fileName(present));
        if (!isIntact(target, present)) {
            unpack(own, target, present);
        }
        return Optional.of(target);
    }

    /** Returns the manifest of the library; null if the jar has none for the platform. */
    @Nullable LibraryManifest manifest() throws IOException {
        if (manifest == null) {
            manifest = LibraryManifest.read(resources, folder);
        }
        return manifest;
    }

    private String fileName(LibraryManifest manifest) {
        int dot = name.lastIndexOf('.');
        String hash = manifest.sha256().substring(0, 16);
        return name.substring(0, dot) + "-" + hash + name.substring(dot);
    }

    private void unpack(Path cache, Path target, LibraryManifest manifest) throws IOException {
        Path staged = Files.createTempFile(cache, name, ".tmp");
        try {
            try (InputStream in = resources.getResourceAsStream(location())) {
                if (in == null) {
                    throw new IOException(location() + " is missing beside its manifest");
                }
                // Writing into the file keeps its permissions; a new one would have the umask's.
                try (var out = Files.newOutputStream(staged)) {
                    in.transferTo(out);
                }
            }
            if (!hasHash(staged, manifest)) {
                throw new IOException(location() + " does not have the manifest's SHA-256");
            }
            if (manifest.isComplete() && !manifest.describes(staged)) {
                throw new IOException(location() + " does not have the manifest's size and CRC-32");
            }
            moveInPlace(staged, target, manifest);
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    private static void moveInPlace(Path staged, Path target, LibraryManifest manifest)
            throws IOException {
        try {
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(staged, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Windows does not replace a library in use. It is intact if another JVM was faster.
            if (!isIntact(target, manifest)) {
                throw e;
            }
        }
    }

    /** Returns whether a file can be reused; false also if it cannot be read. */
    private static boolean isIntact(Path file, LibraryManifest manifest) {
        try {
            return LibraryCache.isOwn(file)
                    && (manifest.isComplete() ? manifest.describes(file) : hasHash(file, manifest));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasHash(Path file, LibraryManifest manifest) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest).equals(manifest.sha256());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}

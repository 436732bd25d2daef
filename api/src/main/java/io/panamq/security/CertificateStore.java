// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The public certificates of those who may connect, found by their keys.
 *
 * <p><strong>A folder.</strong> {@link #open} reads all files of a folder, except those whose names
 * begin with a point or end with {@code _secret}. When a file is added, changed or removed, {@link
 * #find} notices that within 0.2 seconds: it looks at the names, sizes and times of the files. So a
 * certificate that is removed lets nobody in any more; connections that exist stay. A file that is
 * no certificate is left out, and a warning of the {@link System.Logger} {@code
 * io.panamq.security.CertificateStore} says why. If the folder cannot be read, the store is empty,
 * and a warning says that, too.
 *
 * <p>Thread safe: several authenticators can use one store.
 */
public final class CertificateStore {
    private static final System.Logger LOGGER = System.getLogger(CertificateStore.class.getName());

    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(200);

    /** Two changes of a file within this time may leave it with the same time and size. */
    private static final long COARSE_MILLIS = 2_000;

    private final @Nullable Path folder;

    /** All that follows is guarded by the lock of this map. */
    private final Map<String, Certificate> certificates = new HashMap<>();

    private Map<Path, Stamp> seen = Map.of();
    private boolean settled;
    private long lookedAt;
    private boolean unreadable;

    /** What tells that a file has changed. */
    private record Stamp(
            long size, FileTime time, @Nullable Object changed, @Nullable Object key) {}

    private CertificateStore(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * Makes a store of certificates that are at hand. It does not change.
     *
     * @param certificates the store keeps them without their secret keys
     * @return the store
     */
    public static CertificateStore of(Certificate... certificates) {
        return of(List.of(Objects.requireNonNull(certificates, "certificates")));
    }

    /**
     * Makes a store of a collection of certificates. It does not change.
     *
     * @param certificates the store keeps them without their secret keys
     * @return the store
     */
    public static CertificateStore of(Collection<Certificate> certificates) {
        var store = new CertificateStore(null);
        for (Certificate each : Objects.requireNonNull(certificates, "certificates")) {
            store.certificates.put(each.publicKey(), each.withoutSecret());
        }
        return store;
    }

    /**
     * Makes a store of the certificates in a folder. Blocks as long as reading the files does.
     *
     * @param folder with files as {@link Certificate#savePublic} writes them
     * @return the store
     * @throws IOException if the folder cannot be read
     */
    public static CertificateStore open(Path folder) throws IOException {
        var store = new CertificateStore(Objects.requireNonNull(folder, "folder"));
        synchronized (store.certificates) {
            store.load(folder);
            store.lookedAt = System.nanoTime();
        }
        return store;
    }

    /**
     * Finds a certificate by its key. It looks at the folder again if the last look was 0.2 seconds
     * ago, and blocks as long as that takes.
     *
     * @param publicKey 40 characters Z85
     * @return the certificate, without a secret key; empty if there is none of that key
     */
    public Optional<Certificate> find(String publicKey) {
        Objects.requireNonNull(publicKey, "publicKey");
        synchronized (certificates) {
            lookAgain();
            return Optional.ofNullable(certificates.get(publicKey));
        }
    }

    /**
     * Returns how many certificates there are; looks at the folder as {@link #find} does.
     *
     * @return 0 or more
     */
    public int size() {
        synchronized (certificates) {
            lookAgain();
            return certificates.size();
        }
    }

    private void lookAgain() {
        if (folder == null || System.nanoTime() - lookedAt < LOOK_AGAIN) {
            return;
        }
        try {
            load(folder);
            unreadable = false;
        } catch (IOException | RuntimeException e) {
            certificates.clear();
            seen = Map.of();
            settled = false;
            if (!unreadable) {
                unreadable = true;
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        folder + " cannot be read, so nobody of it is let in: " + e);
            }
        }
        lookedAt = System.nanoTime();
    }

    /** Reads all files, unless none of them has changed since the last time. */
    private void load(Path from) throws IOException {
        long now = System.currentTimeMillis();
        Map<Path, Stamp> found = stamps(from);
        if (settled && found.equals(seen)) {
            return;
        }
        certificates.clear();
        for (Map.Entry<Path, Stamp> each : found.entrySet()) {
            Path file = each.getKey();
            try {
                Certificate certificate = Certificate.load(file);
                certificate.destroy();
                certificates.put(certificate.publicKey(), certificate.withoutSecret());
            } catch (IOException e) {
                if (!each.getValue().equals(seen.get(file))) {
                    LOGGER.log(System.Logger.Level.WARNING, "left out: " + e.getMessage());
                }
            }
        }
        seen = found;
        settled =
                found.values().stream()
                        .allMatch(stamp -> stamp.time().toMillis() < now - COARSE_MILLIS);
    }

    private static Map<Path, Stamp> stamps(Path folder) throws IOException {
        Map<Path, Stamp> stamps = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!name.startsWith(".") && !name.endsWith(CertificateFile.SECRET)) {
                    addStamp(stamps, file);
                }
            }
        }
        return stamps;
    }

    private static void addStamp(Map<Path, Stamp> stamps, Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (now.isRegularFile()) {
                // Unlike the time of the content, nobody can set it back.
                Object changed = isUnix(file) ? Files.getAttribute(file, "unix:ctime") : null;
                stamps.put(
                        file,
                        new Stamp(now.size(), now.lastModifiedTime(), changed, now.fileKey()));
            }
        } catch (IOException e) {
            // It was removed meanwhile.
        }
    }

    private static boolean isUnix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** Returns the folder and the number of certificates that were last seen. */
    @Override
    public String toString() {
        synchronized (certificates) {
            String from = folder == null ? "" : folder + ", ";
            return "CertificateStore[" + from + certificates.size() + " certificates]";
        }
    }
}

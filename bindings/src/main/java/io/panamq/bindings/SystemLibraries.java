// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The file names that an installed libzmq has on each system, and the folders it may be in. */
final class SystemLibraries {
    private SystemLibraries() {}

    static Set<String> names(String os) {
        return switch (os) {
            case "windows" ->
                    new LinkedHashSet<>(
                            List.of(
                                    "libzmq.dll",
                                    "zmq.dll",
                                    "libzmq-mt-4_3_5.dll",
                                    "libzmq-v143-mt-4_3_5.dll",
                                    "libzmq-v142-mt-4_3_5.dll",
                                    "libzmq-v142-mt-4_3_4.dll"));
            case "macos" -> new LinkedHashSet<>(List.of("libzmq.5.dylib", "libzmq.dylib"));
            default -> new LinkedHashSet<>(List.of("libzmq.so.5", "libzmq.so"));
        };
    }

    /** Returns the folders of the JVM's library path, then the usual folders of the system. */
    static Set<Path> folders(Platform platform) {
        Set<Path> folders = new LinkedHashSet<>();
        addAll(folders, System.getProperty("java.library.path", ""));
        if (platform.os().equals("windows")) {
            addAll(folders, System.getenv("PATH"));
        } else {
            String triplet = platform.arch() + "-linux-gnu";
            String usual = "/usr/local/lib:/usr/lib/" + triplet + ":/lib/" + triplet;
            addAll(folders, usual + ":/usr/lib64:/lib64:/usr/lib:/lib:/opt/homebrew/lib");
        }
        return folders;
    }

    private static void addAll(Set<Path> folders, String path) {
        if (path == null) {
            return;
        }
        for (String folder : path.split(File.pathSeparator)) {
            // Windows allows quotes. A name in another encoding may not be a path to Java.
            String plain = folder.replace("\"", "").strip();
            if (!plain.isEmpty()) {
                path(plain).ifPresent(folders::add);
            }
        }
    }

    /** Returns the path, or empty if the text cannot be a path on this system. */
    static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}

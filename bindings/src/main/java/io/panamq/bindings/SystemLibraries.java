// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an installed libzmq is called on each system, and where it may be. */
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

    /** The JVM's own library path, then the usual folders. */
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
            // Windows allows quotes, and a folder of another encoding is no path to Java.
            String plain = folder.replace("\"", "").strip();
            if (!plain.isEmpty()) {
                path(plain).ifPresent(folders::add);
            }
        }
    }

    /** The path, unless this system cannot have one of that name. */
    static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}

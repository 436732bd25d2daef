// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the libzmq to load: the property {@code panamq.library}, else the bundled one, else the
 * system's. Every attempt and its cause is kept, for the one exception that explains a failure.
 */
final class LibrarySearch {
    /** A path or a library name; nothing else is tried when it is set. */
    static final String LIBRARY_PROPERTY = "panamq.library";

    /** {@code bundled} or {@code system}: only that source is tried. */
    static final String SOURCE_PROPERTY = "panamq.library.source";

    /** A library that passed the checks. */
    record Found(Path path, String source, LibraryVersion version) {}

    private final Platform platform;
    private final BundledLibrary bundled;
    private final String library;
    private final String source;
    private final List<String> attempts = new ArrayList<>();
    private final List<Throwable> causes = new ArrayList<>();

    LibrarySearch(Platform platform, BundledLibrary bundled, String library, String source) {
        this.platform = platform;
        this.bundled = bundled;
        this.library = library == null ? "" : library.strip();
        this.source = source == null ? "" : source.strip();
    }

    static LibrarySearch fromProperties() {
        Platform platform = Platform.current();
        return new LibrarySearch(
                platform,
                new BundledLibrary(platform, LibrarySearch.class.getClassLoader()),
                System.getProperty(LIBRARY_PROPERTY),
                System.getProperty(SOURCE_PROPERTY));
    }

    Found find() {
        if (!source.isEmpty() && !source.equals("bundled") && !source.equals("system")) {
            attempts.add(
                    "property " + SOURCE_PROPERTY + " is '" + source + "', not bundled or system");
            throw failure();
        }
        Found found = null;
        if (!library.isEmpty()) {
            found = findNamed();
        } else {
            if (!source.equals("system")) {
                found = findBundled();
            }
            if (found == null && !source.equals("bundled")) {
                found = findSystem();
            }
        }
        if (found == null) {
            throw failure();
        }
        return found;
    }

    private Found findNamed() {
        String origin = "property " + LIBRARY_PROPERTY + "=" + library;
        boolean isPath = library.indexOf('/') >= 0 || library.indexOf(File.separatorChar) >= 0;
        if (isPath) {
            return probe(Path.of(library).toAbsolutePath(), "property", origin);
        }
        Set<String> names = new LinkedHashSet<>(List.of(library, System.mapLibraryName(library)));
        return findInFolders(names, "property", origin);
    }

    private Found findBundled() {
        String origin = "bundled " + bundled.location();
        try {
            Path cache = BundledLibrary.cacheFolder(platform);
            Optional<Path> file = bundled.extract(cache);
            if (file.isEmpty()) {
                attempts.add(origin + ": this jar holds none for " + platform);
                return null;
            }
            return probe(file.get(), "bundled", origin);
        } catch (IOException | RuntimeException e) {
            rethrowDenied(e);
            attempts.add(origin + ": " + reason(e));
            causes.add(e);
            return null;
        }
    }

    private Found findSystem() {
        return findInFolders(systemNames(platform.os()), "system", "system");
    }

    private Found findInFolders(Set<String> names, String kind, String origin) {
        Set<Path> folders = folders();
        boolean any = false;
        for (Path folder : folders) {
            for (String name : names) {
                Path file = folder.resolve(name);
                if (Files.exists(file)) {
                    any = true;
                    Found found = probe(file.toAbsolutePath(), kind, origin);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        if (!any) {
            attempts.add(origin + ": none of " + names + " in " + folders);
        }
        return null;
    }

    static Set<String> systemNames(String os) {
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

    private Set<Path> folders() {
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
            if (!folder.isBlank()) {
                folders.add(Path.of(folder));
            }
        }
    }

    private Found probe(Path file, String kind, String origin) {
        String text = origin.contains(file.toString()) ? origin : origin + " " + file;
        try {
            if (!Files.isRegularFile(file)) {
                attempts.add(text + ": no such file");
                return null;
            }
            return new Found(file, kind, LibraryProbe.check(file));
        } catch (RuntimeException e) {
            rethrowDenied(e);
            attempts.add(text + ": " + reason(e));
            causes.add(e);
            return null;
        }
    }

    /** Denied native access is not a matter of this or that library: it ends the search. */
    private void rethrowDenied(Exception e) {
        if (e instanceof IllegalCallerException) {
            attempts.add("native access is denied: " + e.getMessage());
            causes.add(e);
            throw failure(
                    "start Java with --enable-native-access="
                            + moduleName()
                            + " (or put Enable-Native-Access: ALL-UNNAMED in the manifest of an"
                            + " executable jar)");
        }
    }

    private static String moduleName() {
        Module module = LibrarySearch.class.getModule();
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private LibraryLoadException failure() {
        String install =
                switch (platform.os()) {
                    case "macos" -> "brew install zeromq";
                    case "windows" -> "put libzmq.dll (4.3.0 or newer) on the PATH";
                    default -> "apt-get install libzmq5 (Debian), dnf install zeromq (Fedora)";
                };
        return failure(
                "install libzmq "
                        + LibraryProbe.OLDEST
                        + " or newer ("
                        + install
                        + "), or name one with -D"
                        + LIBRARY_PROPERTY
                        + "=/path/to/libzmq");
    }

    private LibraryLoadException failure(String remedy) {
        var text = new StringBuilder("no usable libzmq on " + platform + "; tried:");
        attempts.forEach(attempt -> text.append("\n  - ").append(attempt));
        text.append("\n  To fix: ").append(remedy);
        var failure = new LibraryLoadException(text.toString());
        causes.forEach(failure::addSuppressed);
        return failure;
    }
}

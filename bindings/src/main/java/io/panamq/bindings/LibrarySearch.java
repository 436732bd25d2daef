// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the libzmq to load: the one that the property {@code panamq.library} names, else the
 * bundled one, else the system's. It keeps each failed attempt with its cause for the exception
 * that explains the failure of all.
 */
final class LibrarySearch {
    /** Holds a path or a library name. If it is set, nothing else is tried. */
    static final String LIBRARY_PROPERTY = "panamq.library";

    /** Holds {@code bundled} or {@code system}. If it is set, only that source is tried. */
    static final String SOURCE_PROPERTY = "panamq.library.source";

    private static final String BUNDLED = "bundled";

    /** What to do when no file can be unpacked or executed. */
    static final String CACHE_REMEDY =
            "name a folder of this user in which files can be written and executed with -D"
                    + LibraryCache.PROPERTY;

    /** A library that passed the checks. */
    record Found(Path path, String source, LibraryVersion version, String hardened) {}

    private final Platform platform;
    private final BundledLibrary bundled;
    private final String library;
    private final String source;
    private final List<String> attempts = new ArrayList<>();
    private final List<Throwable> causes = new ArrayList<>();

    LibrarySearch(
            Platform platform,
            BundledLibrary bundled,
            @Nullable String library,
            @Nullable String source) {
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
        if (!source.isEmpty() && !source.equals(BUNDLED) && !source.equals("system")) {
            attempts.add(
                    "property " + SOURCE_PROPERTY + " is '" + source + "', not bundled or system");
            throw failure("set it to one of these, or do not set it");
        }
        Found found = null;
        if (!library.isEmpty()) {
            found = findNamed();
        } else {
            if (!source.equals("system")) {
                found = findBundled();
            }
            if (found == null && !source.equals(BUNDLED)) {
                found = findSystem();
            }
        }
        if (found == null) {
            throw failure();
        }
        return found;
    }

    /**
     * Loads a copy of a library that another class loader has; throws the refusal if that is not
     * the reason, or if no folder takes a copy.
     */
    Found loadCopy(Found found, UnsatisfiedLinkError refusal) {
        if (LibraryCopy.isWanted(refusal)) {
            for (String cache : LibraryCache.folders(platform)) {
                Path copy = LibraryCopy.load(found.path(), cache, refusal);
                if (copy != null) {
                    return new Found(copy, found.source(), found.version(), found.hardened());
                }
            }
        }
        throw refusal;
    }

    /** Warns, once, if a library without our edits is used because the bundled one could not be. */
    void warn(Found found) {
        if (found.source().equals("system") && !source.equals("system") && isBundled()) {
            var text = new StringBuilder("the bundled libzmq could not be used:");
            attempts.forEach(attempt -> text.append("\n  - ").append(attempt));
            text.append("\n  So the system's is used, which has none of PanaMQ's edits: ")
                    .append(found.path())
                    .append("\n  To fix: ")
                    .append(CACHE_REMEDY)
                    .append("; or choose the system's with -D" + SOURCE_PROPERTY + "=system");
            System.getLogger("io.panamq").log(System.Logger.Level.WARNING, text.toString());
        }
    }

    private @Nullable Found findNamed() {
        String origin = "property " + LIBRARY_PROPERTY + "=" + library;
        boolean isPath = library.indexOf('/') >= 0 || library.indexOf(File.separatorChar) >= 0;
        if (isPath) {
            Optional<Path> file = SystemLibraries.path(library);
            if (file.isEmpty()) {
                attempts.add(origin + ": is no path");
                return null;
            }
            return probe(file.get().toAbsolutePath(), "property", origin);
        }
        String mapped = System.mapLibraryName(library);
        Set<String> names = new LinkedHashSet<>();
        names.add(library);
        names.add(mapped);
        if (SystemLibraries.names(platform.os()).contains(mapped)) {
            names.addAll(SystemLibraries.names(platform.os()));
        }
        return findInFolders(names, "property", origin);
    }

    private @Nullable Found findBundled() {
        String origin = "bundled " + bundled.location();
        LibraryManifest manifest;
        try {
            manifest = bundled.manifest();
            if (manifest == null) {
                attempts.add(origin + ": this jar holds none for " + platform);
                return null;
            }
            if (manifest.isComplete()) {
                manifest.check();
            }
        } catch (IOException | RuntimeException e) {
            attempts.add(origin + ": " + reason(e));
            causes.add(e);
            return null;
        }
        Found found = null;
        for (String cache : LibraryCache.folders(platform)) {
            Path file = unpacked(cache, origin);
            if (file != null) {
                found =
                        manifest.isComplete()
                                ? load(file, manifest, origin)
                                : probe(file, BUNDLED, origin);
            }
            if (found != null) {
                break;
            }
        }
        return found;
    }

    private @Nullable Path unpacked(String cache, String origin) {
        try {
            return bundled.extract(Path.of(cache)).orElseThrow();
        } catch (IOException | RuntimeException e) {
            attempts.add(origin + " not unpacked into " + cache + ": " + reason(e));
            causes.add(e);
            return null;
        }
    }

    /** Loads a library that its manifest describes: only the folder may still forbid that. */
    private @Nullable Found load(Path file, LibraryManifest manifest, String origin) {
        try {
            System.load(file.toString());
            return new Found(file, BUNDLED, manifest.version(), manifest.hardened());
        } catch (UnsatisfiedLinkError e) {
            if (LibraryCopy.isWanted(e)) {
                // The file is good, and NativeLibrary asks for a copy of it.
                return new Found(file, BUNDLED, manifest.version(), manifest.hardened());
            }
            // The probe tells why. If the file is not at fault, NativeLibrary explains the error.
            return probe(file, BUNDLED, origin);
        } catch (IllegalCallerException e) {
            rethrowDenied(e);
            throw e;
        }
    }

    private @Nullable Found findSystem() {
        return findInFolders(SystemLibraries.names(platform.os()), "system", "system");
    }

    private @Nullable Found findInFolders(Set<String> names, String kind, String origin) {
        Set<Path> folders = SystemLibraries.folders(platform);
        Set<Object> seen = new HashSet<>();
        for (Path folder : folders) {
            for (String name : names) {
                Optional<Path> file = SystemLibraries.path(folder + File.separator + name);
                if (file.isPresent() && Files.exists(file.get()) && seen.add(key(file.get()))) {
                    Found found = probe(file.get().toAbsolutePath(), kind, origin);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        if (seen.isEmpty()) {
            attempts.add(origin + ": none of " + names + " in " + folders);
        }
        return null;
    }

    /** Returns the same key for all links to a file, so that a bad library is listed once. */
    private static Object key(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file;
        }
    }

    private @Nullable Found probe(Path file, String kind, String origin) {
        String text = origin.contains(file.toString()) ? origin : origin + " " + file;
        try {
            if (!Files.isRegularFile(file)) {
                attempts.add(text + (Files.exists(file) ? ": is not a file" : ": no such file"));
                return null;
            }
            return new Found(file, kind, LibraryProbe.check(file), "");
        } catch (RuntimeException e) {
            rethrowDenied(e);
            attempts.add(text + ": " + reason(e));
            causes.add(e);
            return null;
        }
    }

    /** Ends the search if native access is denied, because each other library would fail too. */
    private void rethrowDenied(Exception e) {
        if (e instanceof IllegalCallerException) {
            attempts.add("native access is denied: " + e.getMessage());
            causes.add(e);
            throw failure(grant(LibrarySearch.class.getModule()));
        }
    }

    /** Says what allows native access to a module; the manifest of a jar cannot name modules. */
    private static String grant(Module module) {
        String option = "start Java with --enable-native-access=";
        return module.isNamed()
                ? option
                        + module.getName()
                        + " (this module makes the native calls; io.panamq in its place has no"
                        + " effect)"
                : option
                        + "ALL-UNNAMED (or put Enable-Native-Access: ALL-UNNAMED in the manifest of"
                        + " an executable jar)";
    }

    private static String reason(Throwable e) {
        String name = e.getClass().getSimpleName();
        if (e.getMessage() == null) {
            return name;
        }
        // Without a reason the text of these exceptions is only the file name.
        boolean bare = e instanceof FileSystemException f && f.getReason() == null;
        return bare ? name + " " + e.getMessage() : e.getMessage();
    }

    private LibraryLoadException failure() {
        if (library.isEmpty() && source.equals(BUNDLED)) {
            return failure(
                    (isBundled() ? CACHE_REMEDY + "; or " : "")
                            + "do not set "
                            + SOURCE_PROPERTY
                            + ", so that the system's libzmq will do");
        }
        String install =
                switch (platform.os()) {
                    case "macos" -> "brew install zeromq";
                    case "windows" -> "put libzmq.dll (4.3.0 or newer) on the PATH";
                    default -> "apt-get install libzmq5, dnf install zeromq, apk add libzmq";
                };
        install = "install libzmq " + LibraryProbe.OLDEST + " or newer (" + install + ")";
        if (!library.isEmpty()) {
            return failure(
                    "correct or remove -D"
                            + LIBRARY_PROPERTY
                            + (isBundled()
                                    ? ": without it the bundled libzmq is used"
                                    : ": without it the system's libzmq is used; " + install));
        }
        return failure(install + ", or name one with -D" + LIBRARY_PROPERTY + "=/path/to/libzmq");
    }

    private boolean isBundled() {
        try {
            return !source.equals("system") && bundled.manifest() != null;
        } catch (IOException | RuntimeException e) {
            return false;
        }
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

// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Copies a library for a second class loader. The JVM refuses a file that another loader has, and
 * the system's linker would give out the same library twice for the same file.
 */
final class LibraryCopy {
    private static final String PREFIX = "copy-";

    private LibraryCopy() {}

    /** Returns whether the JVM refused the library because another class loader has it. */
    static boolean isWanted(UnsatisfiedLinkError refusal) {
        String text = refusal.getMessage();
        return text != null && text.contains("already loaded in another classloader");
    }

    /**
     * Copies a library into a folder and loads the copy. Returns null if that fails, and adds the
     * reason to the refusal. Nothing needs the file any more once it is loaded, so it is deleted
     * where a file in use can be; where it cannot, the next copy deletes it.
     */
    static @Nullable Path load(Path library, String folder, UnsatisfiedLinkError refusal) {
        try {
            Path own = LibraryCache.open(Path.of(folder));
            deleteOthers(own);
            Path copy = Files.createTempFile(own, PREFIX, "-" + library.getFileName());
            try {
                // Copying into the file keeps its permissions.
                try (var in = Files.newInputStream(library);
                        var out = Files.newOutputStream(copy)) {
                    in.transferTo(out);
                }
                System.load(copy.toString());
                return copy;
            } finally {
                delete(copy);
            }
        } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
            refusal.addSuppressed(e);
            return null;
        }
    }

    private static void deleteOthers(Path folder) throws IOException {
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder, PREFIX + "*")) {
            copies.forEach(LibraryCopy::delete);
        }
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            // It is in use, and the system keeps it.
        }
    }
}

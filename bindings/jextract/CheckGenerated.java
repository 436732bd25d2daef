// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * Compares jextract's committed output with {@code checksums.txt}; run by every build.
 *
 * <p>Usage: {@code java CheckGenerated.java BINDINGS_FOLDER}. Exit code 1 names each file that was
 * edited, added or removed.
 */
final class CheckGenerated {
    private static final String OUTPUT = "src/main/java/io/panamq/bindings/libzmq";

    public static void main(String[] args) throws Exception {
        Path bindings = Path.of(args[0]).toAbsolutePath().normalize();
        Path root = bindings.getParent();
        List<String> faults = new ArrayList<>();
        var listed = new TreeSet<String>();
        for (String line : Files.readAllLines(bindings.resolve("jextract/checksums.txt"))) {
            String[] parts = line.split("\\s+", 2);
            listed.add(parts[1]);
            Path file = root.resolve(parts[1]);
            if (!Files.isRegularFile(file)) {
                faults.add(parts[1] + " is missing");
            } else if (!sha256(file).equals(parts[0])) {
                faults.add(parts[1] + " was edited");
            }
        }
        try (var files = Files.list(bindings.resolve(OUTPUT))) {
            files.map(file -> "bindings/" + OUTPUT + "/" + file.getFileName())
                    .filter(name -> !listed.contains(name))
                    .forEach(name -> faults.add(name + " is not jextract's"));
        }
        if (!faults.isEmpty()) {
            System.err.println("jextract's output must not be edited by hand:");
            faults.forEach(fault -> System.err.println("  " + fault));
            System.err.println("Restore it with git, or regenerate it: bindings/jextract/README.md");
            System.exit(1);
        }
    }

    private static String sha256(Path file) throws IOException, ReflectiveOperationException {
        try {
            // Line ends as committed, whatever the checkout made of them.
            String text = Files.readString(file).replace("\r\n", "\n");
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes("UTF-8"));
            return HexFormat.of().formatHex(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}

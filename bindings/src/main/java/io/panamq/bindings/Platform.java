// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The operating system and processor, in the words used for the folders of the bundled library.
 *
 * @param os {@code linux}, {@code macos}, {@code windows}, or the system's own name in lower case
 * @param arch {@code x86_64}, {@code aarch64}, or the JVM's own name in lower case
 * @param libc which C library: GNU, musl, or the system's own
 */
public record Platform(String os, String arch, String libc) {
    /** Asked for often, and to find it out a file is read. */
    private static final Platform CURRENT = find();

    /**
     * The platform this JVM runs on.
     *
     * @return the platform
     */
    public static Platform current() {
        return CURRENT;
    }

    private static Platform find() {
        String os = osName(System.getProperty("os.name", "unknown"));
        return new Platform(os, archName(System.getProperty("os.arch", "unknown")), libcOf(os));
    }

    static String osName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mac") || lower.startsWith("darwin")) {
            return "macos";
        }
        return lower.startsWith("windows") ? "windows" : lettersAndDigits(lower);
    }

    private static String lettersAndDigits(String name) {
        var plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    static String archName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("amd64") || lower.equals("x86-64")) {
            return "x86_64";
        }
        return lower.equals("arm64") ? "aarch64" : lower;
    }

    private static String libcOf(String os) {
        if (!os.equals("linux")) {
            return "system";
        }
        // The loader that runs this JVM; musl's may also be installed beside glibc.
        try (var maps = new FileInputStream("/proc/self/maps")) {
            var text = new String(maps.readAllBytes(), StandardCharsets.ISO_8859_1);
            return text.contains("/ld-musl-") ? "musl" : "glibc";
        } catch (IOException e) {
            return "glibc";
        }
    }

    /** Name of this platform's folder below {@code META-INF/native/}. */
    String folder() {
        return os + "-" + arch;
    }

    /** File name that the bundled library has on this platform. */
    String bundledName() {
        return switch (os) {
            case "windows" -> "libzmq.dll";
            case "macos" -> "libzmq.dylib";
            default -> "libzmq.so";
        };
    }

    @Override
    public String toString() {
        return libc.equals("system") ? folder() : folder() + " (" + libc + ")";
    }
}

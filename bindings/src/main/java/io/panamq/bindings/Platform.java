// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An operating system and a processor, named as the folders of the bundled library are.
 *
 * @param os {@code linux}, {@code macos}, {@code windows}, or another system's name in lower case
 * @param arch {@code x86_64}, {@code aarch64}, or the JVM's name for another in lower case
 * @param libc the C library: GNU's or {@code musl} on Linux, {@code system} elsewhere
 */
public record Platform(String os, String arch, String libc) {
    /** Found once, because that reads a file. */
    private static final Platform CURRENT = find();

    /**
     * Returns the platform that this JVM runs on.
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
        // This shows the loader that runs the JVM; musl may also be installed beside glibc.
        try (var maps = new FileInputStream("/proc/self/maps")) {
            var text = new String(maps.readAllBytes(), StandardCharsets.ISO_8859_1);
            return text.contains("/ld-musl-") ? "musl" : "glibc";
        } catch (IOException e) {
            return "glibc";
        }
    }

    /** Returns the name of the folder of this platform below {@code META-INF/native/}. */
    String folder() {
        return os + "-" + arch;
    }

    /** Returns the file name of the bundled library on this platform. */
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

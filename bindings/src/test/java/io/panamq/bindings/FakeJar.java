// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;

/** A class loader that holds only what the test puts into it. */
final class FakeJar extends ClassLoader {
    static final Platform PLATFORM = Platform.current();

    private final Map<String, byte[]> entries = new HashMap<>();

    FakeJar() {
        super(null);
    }

    /** Makes a jar that bundles this content with a manifest of its SHA-256 alone. */
    static FakeJar with(String content) {
        return new FakeJar().library(content).manifest("sha256=" + sha256(content));
    }

    /** Makes a jar that bundles this content with a complete manifest. */
    static FakeJar complete(String content) {
        return with(content).entries(content, "4.3.9", "64");
    }

    /** A complete manifest for this content, of a library that was seen to be such a libzmq. */
    FakeJar entries(String content, String version, String messageSize) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return entries(content, version, messageSize, bytes.length, crc32(content));
    }

    FakeJar entries(String content, String version, String messageSize, int size, String crc32) {
        return manifest(
                "sha256="
                        + sha256(content)
                        + "\nlibzmq.version="
                        + version
                        + "\nzmq_msg_t="
                        + messageSize
                        + "\nsize="
                        + size
                        + "\ncrc32="
                        + crc32);
    }

    FakeJar library(String content) {
        return put(PLATFORM.bundledName(), content);
    }

    FakeJar manifest(String content) {
        return put("manifest.properties", content);
    }

    String manifest() {
        return new String(entries.get(path("manifest.properties")), StandardCharsets.UTF_8);
    }

    private FakeJar put(String name, String content) {
        entries.put(path(name), content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private static String path(String name) {
        return "META-INF/native/" + PLATFORM.folder() + "/" + name;
    }

    BundledLibrary bundled() {
        return new BundledLibrary(PLATFORM, this);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        byte[] content = entries.get(name);
        return content == null ? null : new ByteArrayInputStream(content);
    }

    static String crc32(String content) {
        var crc = new CRC32();
        crc.update(content.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    static String sha256(String content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

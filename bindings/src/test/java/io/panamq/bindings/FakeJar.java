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

/** A class loader that holds what the test puts into it, and nothing else. */
final class FakeJar extends ClassLoader {
    static final Platform PLATFORM = Platform.current();

    private final Map<String, byte[]> entries = new HashMap<>();

    FakeJar() {
        super(null);
    }

    /** A jar that bundles this content with a manifest that fits it. */
    static FakeJar with(String content) {
        return new FakeJar().library(content).manifest("sha256=" + sha256(content));
    }

    FakeJar library(String content) {
        return put(PLATFORM.bundledName(), content);
    }

    FakeJar manifest(String content) {
        return put("manifest.properties", content);
    }

    private FakeJar put(String name, String content) {
        entries.put(
                "META-INF/native/" + PLATFORM.folder() + "/" + name,
                content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    BundledLibrary bundled() {
        return new BundledLibrary(PLATFORM, this);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        byte[] content = entries.get(name);
        return content == null ? null : new ByteArrayInputStream(content);
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

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Text on its way into a message. */
final class Utf8 {
    private Utf8() {}

    static byte[] encode(String text) {
        return Objects.requireNonNull(text, "content").getBytes(StandardCharsets.UTF_8);
    }
}

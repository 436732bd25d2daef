// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Encodes a CURVE key as text: 40 characters and a terminator, which libzmq counts when it is set
 * and when it is read.
 */
final class KeyCodec extends OptionCodec<String> {
    @Override
    void check(String option, String value) {
        CurveKeyPair.checkKey(option, value);
    }

    @Override
    MemorySegment encode(String value, Arena arena) {
        return arena.allocateFrom(value);
    }

    @Override
    String decode(MemorySegment value) {
        return STRING.decode(value);
    }

    @Override
    int room() {
        return CurveKeyPair.KEY_LENGTH + 1;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.option.OptionCodec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Encodes a CURVE key as text: 40 characters and a terminator. libzmq counts the terminator as a
 * part of the key.
 */
final class KeyCodec extends OptionCodec<String> {
    KeyCodec() {
        super(CurveKeyPair.KEY_LENGTH + 1);
    }

    @Override
    public void check(String option, String value) {
        CurveKeyPair.checkKey(option, value);
    }

    @Override
    public MemorySegment encode(String value, Arena arena) {
        return arena.allocateFrom(value);
    }

    @Override
    public String decode(MemorySegment value) {
        return STRING.decode(value);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.socket.SocketCore;
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

    /** Wipes the native copy of the key, which is not so short-lived as it looks. */
    @Override
    public void write(SocketCore core, int option, String value, Arena arena) {
        MemorySegment key = encode(value, arena);
        try {
            core.setOption(option, key);
        } finally {
            key.fill((byte) 0);
        }
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

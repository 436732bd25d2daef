// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.option.OptionCodec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Decodes the number of a socket type. */
final class SocketTypeCodec extends OptionCodec<SocketType> {
    SocketTypeCodec() {
        super(Integer.BYTES);
    }

    @Override
    public MemorySegment encode(SocketType value, Arena arena) {
        return INT.encode(value.traits().number(), arena);
    }

    @Override
    public SocketType decode(MemorySegment value) {
        int number = INT.decode(value);
        for (SocketType type : SocketType.values()) {
            if (type.traits().number() == number) {
                return type;
            }
        }
        throw new IllegalStateException("libzmq has a socket of type " + number);
    }
}

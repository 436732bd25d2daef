// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.option;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Encodes a set as an {@code int}, in which the first value of the enum is the lowest bit. */
public final class FlagCodec<E extends Enum<E>> extends OptionCodec<Set<E>> {
    private final Class<E> type;

    public FlagCodec(Class<E> type) {
        super(Integer.BYTES);
        this.type = type;
    }

    @Override
    public MemorySegment encode(Set<E> value, Arena arena) {
        int bits = 0;
        int bit = 1;
        for (E flag : type.getEnumConstants()) {
            bits |= value.contains(flag) ? bit : 0;
            bit <<= 1;
        }
        return INT.encode(bits, arena);
    }

    @Override
    public Set<E> decode(MemorySegment value) {
        int bits = INT.decode(value);
        Set<E> flags = EnumSet.noneOf(type);
        for (E flag : type.getEnumConstants()) {
            if ((bits & 1) != 0) {
                flags.add(flag);
            }
            bits >>= 1;
        }
        return Collections.unmodifiableSet(flags);
    }
}

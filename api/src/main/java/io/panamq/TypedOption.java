// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.socket.SocketCore;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A socket option: its name, its number, the codec of its values, and the types that have it. */
abstract sealed class TypedOption<T> implements SocketOption<T>
        permits SocketOption.ReadOnly, SocketOption.WriteOnly, SocketOption.ReadWrite {
    final OptionCodec<T> codec;
    private final String name;
    private final int number;
    private final Set<SocketType> types;

    TypedOption(String name, int number, OptionCodec<T> codec, SocketType... types) {
        this.name = name;
        this.number = number;
        this.codec = codec;
        Set<SocketType> all = EnumSet.allOf(SocketType.class);
        this.types =
                Collections.unmodifiableSet(
                        types.length == 0 ? all : EnumSet.copyOf(List.of(types)));
    }

    /** Throws unless sockets of this type have the option. */
    final void checkTypeOf(SocketCore core) {
        if (!types.contains(SocketType.of(core.type))) {
            throw new IllegalArgumentException(
                    name + " is an option of " + types + ", not of " + core.name);
        }
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int number() {
        return number;
    }

    @Override
    public final Set<SocketType> types() {
        return types;
    }

    /** Returns the name of the constant in {@code zmq.h}, as {@link SocketOption#name} does. */
    @Override
    public final String toString() {
        return name;
    }
}

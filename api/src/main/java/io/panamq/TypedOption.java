// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.option.OptionFacts;
import io.panamq.internal.socket.SocketCore;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A socket option: its facts, the codec of its values, its default, and the types that have it. */
abstract sealed class TypedOption<T> implements SocketOption<T>
        permits SocketOption.ReadOnly, SocketOption.WriteOnly, SocketOption.ReadWrite {
    private static final int FIRST_UNKNOWN = 125;

    final OptionFacts facts;
    final OptionCodec<T> codec;
    private final @Nullable T initial;
    private final Set<SocketType> types;

    TypedOption(
            String name,
            int number,
            OptionCodec<T> codec,
            @Nullable T initial,
            String since,
            SocketType... types) {
        this.facts = new OptionFacts(name, number, since);
        this.codec = codec;
        this.initial = initial;
        Set<SocketType> all = EnumSet.allOf(SocketType.class);
        this.types =
                Collections.unmodifiableSet(
                        types.length == 0 ? all : EnumSet.copyOf(List.of(types)));
    }

    static <T> SocketOption.ReadWrite<T> unnamed(int number, OptionCodec<T> codec) {
        if (number < FIRST_UNKNOWN) {
            throw new IllegalArgumentException(
                    "option " + number + " is a constant of SocketOption, or is none of libzmq");
        }
        return new SocketOption.ReadWrite<>("option " + number, number, codec, null, "3.1");
    }

    /** Throws unless the value is one that the option may have. */
    static <T> void check(SocketOption<T> option, T value) {
        Objects.requireNonNull(value, option.name());
        ((TypedOption<T>) option).codec.check(option.name(), value);
    }

    /** Throws unless sockets of this type have the option. */
    final void checkTypeOf(SocketCore core) {
        if (!types.contains(SocketType.of(core.type))) {
            throw new IllegalArgumentException(
                    facts.name() + " is an option of " + types + ", not of " + core.name);
        }
    }

    @Override
    public final String name() {
        return facts.name();
    }

    @Override
    public final int number() {
        return facts.number();
    }

    @Override
    public final Optional<T> defaultValue() {
        return Optional.ofNullable(initial);
    }

    @Override
    public final Set<SocketType> types() {
        return types;
    }

    @Override
    public final Version since() {
        return Version.of(facts.version());
    }

    @Override
    public final boolean isDraft() {
        return facts.isDraft();
    }

    /** Returns the name of the constant in {@code zmq.h}, as {@link SocketOption#name} does. */
    @Override
    public final String toString() {
        return facts.name();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.option.OptionFacts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A context option: its facts, the codec of its values, and its default. */
abstract sealed class TypedContextOption<T> implements ContextOption<T>
        permits ContextOption.ReadOnly, ContextOption.WriteOnly, ContextOption.ReadWrite {
    final OptionFacts facts;
    final OptionCodec<T> codec;
    private final @Nullable T initial;

    TypedContextOption(
            String name, int number, OptionCodec<T> codec, @Nullable T initial, String since) {
        this.facts = new OptionFacts(name, number, since);
        this.codec = codec;
        this.initial = initial;
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
    public final Version since() {
        return Version.of(facts.version());
    }

    @Override
    public final boolean isDraft() {
        return facts.isDraft();
    }

    /** Returns the name of the constant in {@code zmq.h}, as {@link ContextOption#name} does. */
    @Override
    public final String toString() {
        return facts.name();
    }
}

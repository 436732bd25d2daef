// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.context;

import static io.panamq.bindings.calls.Constants.IO_THREADS;
import static io.panamq.bindings.calls.Constants.MAX_SOCKETS;
import static io.panamq.bindings.calls.Constants.THREAD_AFFINITY_CPU_ADD;
import static io.panamq.bindings.calls.Constants.THREAD_AFFINITY_CPU_REMOVE;
import static io.panamq.bindings.calls.Constants.THREAD_NAME_PREFIX;
import static io.panamq.bindings.calls.Constants.THREAD_PRIORITY;
import static io.panamq.bindings.calls.Constants.THREAD_SCHED_POLICY;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.panamq.bindings.calls.ContextCalls;
import io.panamq.bindings.calls.ContextOptionCalls;
import io.panamq.bindings.calls.NativeMemory;
import io.panamq.error.Errno;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.internal.error.Failures;
import io.panamq.internal.option.OptionCodec;
import io.panamq.internal.option.OptionFacts;
import io.panamq.internal.option.UnsupportedOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.TreeSet;

/**
 * Reads and sets the options of one native context, and refuses what libzmq would ignore or end the
 * process over. The caller holds the lock of the context, which is open.
 */
final class ContextOptions {
    private static final String SUBJECT = "a context";

    /** The longest prefix of thread names, and more than what libzmq may hold of one. */
    private static final int TEXT_ROOM = 64;

    private final MemorySegment capture;
    private final MemorySegment context;
    private Scheduling scheduling = Scheduling.DEFAULT;

    ContextOptions(MemorySegment capture, MemorySegment context) {
        this.capture = capture;
        this.context = context;
    }

    <T> T get(OptionFacts option, OptionCodec<T> codec) {
        UnsupportedOptions.requireDrafts(option, "get", SUBJECT);
        try (Arena arena = Arena.ofConfined()) {
            if (option.number() == THREAD_NAME_PREFIX && UnsupportedOptions.has("draft")) {
                return codec.decode(getText(option.number(), arena));
            }
            int value = ContextOptionCalls.get(capture, context, option.number());
            if (value == -1 && option.number() != THREAD_SCHED_POLICY) {
                throw Failures.of(
                        ContextCalls.lastError(capture), "get", option + " of " + SUBJECT);
            }
            if (option.number() == THREAD_NAME_PREFIX) {
                return codec.decode(arena.allocateFrom(value == 0 ? "" : Integer.toString(value)));
            }
            return codec.decode(NativeMemory.cInt(value, arena));
        }
    }

    private MemorySegment getText(int option, Arena arena) {
        MemorySegment value = arena.allocate(TEXT_ROOM);
        MemorySegment size = arena.allocateFrom(JAVA_LONG, TEXT_ROOM);
        int result = ContextOptionCalls.getText(capture, context, option, value, size);
        if (result < 0) {
            throw Failures.of(result, "get", "option " + option + " of " + SUBJECT);
        }
        return value;
    }

    /** Sets an option whose value was checked. */
    <T> void set(OptionFacts option, OptionCodec<T> codec, T value, boolean started) {
        UnsupportedOptions.requireDrafts(option, "set", SUBJECT);
        int number = option.number();
        boolean early = number == IO_THREADS || number == MAX_SOCKETS || isThread(number);
        if (early && started) {
            throw new IllegalStateException(
                    option.name()
                            + " must be set before the first socket is made, which starts libzmq's"
                            + " threads: set it in Context.builder()");
        }
        try (Arena arena = Arena.ofConfined()) {
            if (number == THREAD_NAME_PREFIX) {
                setText(option, codec.encode(value, arena), (String) value, arena);
                return;
            }
            int encoded = codec.encode(value, arena).get(JAVA_INT, 0);
            Scheduling wanted = wanted(number, encoded);
            if (!wanted.equals(scheduling)) {
                wanted.require("set " + option.name() + " of " + SUBJECT);
            }
            setInt(option, encoded);
            scheduling = wanted;
        }
    }

    void setInt(OptionFacts option, int value) {
        int result = ContextCalls.set(capture, context, option.number(), value);
        if (result < 0) {
            throw Failures.of(result, "set", option.name() + " of " + SUBJECT);
        }
    }

    private void setText(OptionFacts option, MemorySegment text, String value, Arena arena) {
        if (!UnsupportedOptions.has("draft")) {
            setNumber(option, value);
            return;
        }
        MemorySegment bytes = text;
        if (text.byteSize() == Integer.BYTES) {
            // libzmq would take four bytes for a number.
            bytes = arena.allocate(Integer.BYTES + 1L);
            MemorySegment.copy(text, JAVA_BYTE, 0, bytes, JAVA_BYTE, 0, Integer.BYTES);
        }
        int result = ContextOptionCalls.setText(capture, context, option.number(), bytes);
        if (result < 0) {
            throw Failures.of(result, "set", option.name() + " of " + SUBJECT);
        }
    }

    private void setNumber(OptionFacts option, String value) {
        try {
            setInt(option, Integer.parseInt(value));
        } catch (NumberFormatException e) {
            String text = " other than a number needs a libzmq that was built with drafts";
            throw new UnsupportedFeatureException(Errno.ENOTSUP, "set", "", option.name() + text);
        }
    }

    private static boolean isThread(int number) {
        return switch (number) {
            case THREAD_PRIORITY,
                    THREAD_SCHED_POLICY,
                    THREAD_AFFINITY_CPU_ADD,
                    THREAD_AFFINITY_CPU_REMOVE,
                    THREAD_NAME_PREFIX ->
                    true;
            default -> false;
        };
    }

    private Scheduling wanted(int number, int value) {
        TreeSet<Integer> cpus = new TreeSet<>(scheduling.cpus());
        return switch (number) {
            case THREAD_PRIORITY -> new Scheduling(scheduling.policy(), value, scheduling.cpus());
            case THREAD_SCHED_POLICY ->
                    new Scheduling(value, scheduling.priority(), scheduling.cpus());
            case THREAD_AFFINITY_CPU_ADD -> {
                cpus.add(value);
                yield new Scheduling(scheduling.policy(), scheduling.priority(), cpus);
            }
            case THREAD_AFFINITY_CPU_REMOVE -> {
                if (!cpus.remove(value)) {
                    throw new IllegalArgumentException(
                            "CPU " + value + " is not one that was added: " + scheduling.cpus());
                }
                yield new Scheduling(scheduling.policy(), scheduling.priority(), cpus);
            }
            default -> scheduling;
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.micro;

import io.panamq.Message;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Measures preparing a message again, and reading it with and without a view; on one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx512m"})
@State(Scope.Thread)
public class MessageBench {
    @Param({"16", "1024"})
    public int size;

    private Message message;

    @Setup
    public void setup() {
        message = Message.create();
    }

    @TearDown
    public void tearDown() {
        message.close();
    }

    /** Prepares the message and writes in place. */
    @Benchmark
    public void prepareAndSet() {
        message.prepare(size).setLong(0, 42);
    }

    /** Reads back without a view. */
    @Benchmark
    public long prepareAndGet() {
        message.prepare(size).setLong(0, 42);
        return message.getLong(0);
    }

    /** Writes and reads through views. */
    @Benchmark
    public long prepareAndView() {
        message.prepare(size).data().set(ValueLayout.JAVA_LONG_UNALIGNED, 0, 42);
        return message.data().get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }

    /** Reads back a copy of the whole content. */
    @Benchmark
    public byte[] prepareAndCopy() {
        message.prepare(size).setLong(0, 42);
        return message.getBytes();
    }

    /** Lets the view escape, so that {@code data()} allocates as much as it can. */
    @Benchmark
    public Object prepareAndKeepView() {
        return message.prepare(size).data();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.error.ZmqException;
import io.panamq.internal.option.OptionCodec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An option of a context, with its C name, number and Java type. {@link Context#get} takes only the
 * options that can be read, and {@link Context#set} and {@link Context.Builder#set} only those that
 * can be set; with any other the program does not compile.
 *
 * <p>A value out of range is refused with {@link IllegalArgumentException}. A draft throws {@link
 * UnsupportedFeatureException} if libzmq was built without drafts. Options of threads and the
 * number of sockets must be set before the first socket is made; later they throw {@link
 * IllegalStateException}, because libzmq would ignore them. C functions: {@code zmq_ctx_get},
 * {@code zmq_ctx_set}.
 *
 * @param <T> type of the value
 */
public sealed interface ContextOption<T>
        permits ContextOption.Gettable, ContextOption.Settable, TypedContextOption {

    /**
     * An option of a context that can be read.
     *
     * @param <T> type of the value
     */
    sealed interface Gettable<T> extends ContextOption<T> permits ReadOnly, ReadWrite {}

    /**
     * An option of a context that can be set.
     *
     * @param <T> type of the value
     */
    sealed interface Settable<T> extends ContextOption<T> permits WriteOnly, ReadWrite {}

    /**
     * An option of a context that can only be read.
     *
     * @param <T> type of the value
     */
    final class ReadOnly<T> extends TypedContextOption<T> implements Gettable<T> {
        ReadOnly(String name, int number, OptionCodec<T> codec, @Nullable T initial, String since) {
            super(name, number, codec, initial, since);
        }
    }

    /**
     * An option of a context that can only be set.
     *
     * @param <T> type of the value
     */
    final class WriteOnly<T> extends TypedContextOption<T> implements Settable<T> {
        WriteOnly(
                String name, int number, OptionCodec<T> codec, @Nullable T initial, String since) {
            super(name, number, codec, initial, since);
        }
    }

    /**
     * An option of a context that can be read and set.
     *
     * @param <T> type of the value
     */
    final class ReadWrite<T> extends TypedContextOption<T> implements Gettable<T>, Settable<T> {
        ReadWrite(
                String name, int number, OptionCodec<T> codec, @Nullable T initial, String since) {
            super(name, number, codec, initial, since);
        }
    }

    /**
     * Sets how many threads of libzmq move data, see {@link Context.Builder#ioThreads}.
     *
     * <p>{@code ZMQ_IO_THREADS}, 1: an int, 0 to 128; read and set; default 1; since 3.2.
     */
    ReadWrite<Integer> IO_THREADS =
            new ReadWrite<>("ZMQ_IO_THREADS", 1, OptionCodec.ints(0, 128), 1, "3.2");

    /**
     * Sets how many sockets can be open at the same time, see {@link Context.Builder#maxSockets}.
     *
     * <p>{@code ZMQ_MAX_SOCKETS}, 2: an int, 1 to 1,000,000; read and set; default 1023; since 3.2.
     */
    ReadWrite<Integer> MAX_SOCKETS =
            new ReadWrite<>("ZMQ_MAX_SOCKETS", 2, OptionCodec.ints(1, 1_000_000), 1023, "3.2");

    /**
     * Tells how many sockets libzmq would allow at most on a system that polls with {@code select}.
     * Elsewhere {@link #MAX_SOCKETS} may be more.
     *
     * <p>{@code ZMQ_SOCKET_LIMIT}, 3: an int; read only; default 65535; since 4.1.
     */
    ReadOnly<Integer> SOCKET_LIMIT =
            new ReadOnly<>("ZMQ_SOCKET_LIMIT", 3, OptionCodec.INT, 65535, "4.1");

    /**
     * Sets the priority of libzmq's threads, on Linux: of the real-time policies 1 and 2 of {@link
     * #THREAD_SCHED_POLICY}, 1 to 99; with the others any value asks for the nice value -20. It
     * needs the capability CAP_SYS_NICE; libzmq would end the process without it, so set tries it
     * on a thread, and throws {@link ZmqException} EPERM.
     *
     * <p>{@code ZMQ_THREAD_PRIORITY}, 3: an int, 0 to 99; set only; default none; since 4.1.
     */
    WriteOnly<Integer> THREAD_PRIORITY =
            new WriteOnly<>("ZMQ_THREAD_PRIORITY", 3, OptionCodec.ints(0, 99), null, "4.1");

    /**
     * Sets the scheduling policy of libzmq's threads, on Linux. FIFO and RR need {@link
     * #THREAD_PRIORITY} to be set first, and the capability CAP_SYS_NICE; libzmq would end the
     * process without, so set tries it on a thread, and throws {@link ZmqException} EINVAL or
     * EPERM.
     *
     * <p>{@code ZMQ_THREAD_SCHED_POLICY}, 4: an int, 0 OTHER, 1 FIFO, 2 RR, 3 BATCH, 5 IDLE; read
     * and set; default -1, the policy of the thread that makes the first socket; since 4.1.
     */
    ReadWrite<Integer> THREAD_SCHED_POLICY =
            new ReadWrite<>("ZMQ_THREAD_SCHED_POLICY", 4, OptionCodec.ints(0, 5), -1, "4.1");

    /**
     * Holds a number that libzmq stores and does nothing with: {@link SocketOption#MAXMSGSIZE}
     * bounds what a socket receives.
     *
     * <p>{@code ZMQ_MAX_MSGSZ}, 5: an int, in bytes; read and set; default 2147483647; since 4.2.
     */
    ReadWrite<Integer> MAX_MSGSZ =
            new ReadWrite<>(
                    "ZMQ_MAX_MSGSZ",
                    5,
                    OptionCodec.ints(0, Integer.MAX_VALUE),
                    Integer.MAX_VALUE,
                    "4.2");

    /**
     * Tells the size of libzmq's message structure, which PanaMQ checks when it loads the library.
     *
     * <p>{@code ZMQ_MSG_T_SIZE}, 6: an int, in bytes; read only; default 64; since 4.3.
     */
    ReadOnly<Integer> MSG_T_SIZE = new ReadOnly<>("ZMQ_MSG_T_SIZE", 6, OptionCodec.INT, 64, "4.3");

    /**
     * Adds a CPU to those that libzmq's threads may use, on Linux. libzmq would end the process
     * over one that there is not, so set tries it on a thread, and throws {@link ZmqException}
     * EINVAL.
     *
     * <p>{@code ZMQ_THREAD_AFFINITY_CPU_ADD}, 7: an int, from 0; set only; default none, which
     * means all; since 4.3.
     */
    WriteOnly<Integer> THREAD_AFFINITY_CPU_ADD =
            new WriteOnly<>(
                    "ZMQ_THREAD_AFFINITY_CPU_ADD", 7, OptionCodec.ints(0, 1023), null, "4.3");

    /**
     * Takes a CPU back that was added by {@link #THREAD_AFFINITY_CPU_ADD}; another one is refused
     * with {@link IllegalArgumentException}.
     *
     * <p>{@code ZMQ_THREAD_AFFINITY_CPU_REMOVE}, 8: an int, from 0; set only; default none; since
     * 4.3.
     */
    WriteOnly<Integer> THREAD_AFFINITY_CPU_REMOVE =
            new WriteOnly<>(
                    "ZMQ_THREAD_AFFINITY_CPU_REMOVE", 8, OptionCodec.ints(0, 1023), null, "4.3");

    /**
     * Sets what the names of libzmq's threads begin with, before a slash; the system shows the
     * first 15 bytes of a name. Without drafts it can only be a number.
     *
     * <p>{@code ZMQ_THREAD_NAME_PREFIX}, 9: text of 1 to 15 bytes; read and set; default empty;
     * since 4.3.
     */
    ReadWrite<String> THREAD_NAME_PREFIX =
            new ReadWrite<>("ZMQ_THREAD_NAME_PREFIX", 9, OptionCodec.text(1, 15), "", "4.3");

    /**
     * Lets received frames point into the buffer that was read from a connection, which spares a
     * copy; a frame then holds the whole buffer in memory. For sockets that are made later.
     *
     * <p>{@code ZMQ_ZERO_COPY_RECV}, 10: a boolean; read and set; default true; since 4.2.4; draft.
     */
    ReadWrite<Boolean> ZERO_COPY_RECV =
            new ReadWrite<>("ZMQ_ZERO_COPY_RECV", 10, OptionCodec.BOOL, true, "4.2.4 draft");

    /**
     * Allows new sockets IPv6 beside IPv4: the default of {@link SocketOption#IPV6}.
     *
     * <p>{@code ZMQ_IPV6}, 42: a boolean; read and set; default false; since 4.0.
     */
    ReadWrite<Boolean> IPV6 = new ReadWrite<>("ZMQ_IPV6", 42, OptionCodec.BOOL, false, "4.0");

    /**
     * Lets new sockets send what is queued after a close. If false, their {@link
     * SocketOption#LINGER} is 0 instead of {@link Context.Builder#linger}.
     *
     * <p>{@code ZMQ_BLOCKY}, 70: a boolean; read and set; default true; since 4.2.
     */
    ReadWrite<Boolean> BLOCKY = new ReadWrite<>("ZMQ_BLOCKY", 70, OptionCodec.BOOL, true, "4.2");

    /**
     * Returns the name of the constant in {@code zmq.h}.
     *
     * @return such as {@code ZMQ_IO_THREADS}
     */
    String name();

    /**
     * Returns the number of the option in {@code zmq.h}.
     *
     * @return the number
     */
    int number();

    /**
     * Returns the value of a context on which the option was never set.
     *
     * @return the default; empty if there is none
     */
    Optional<T> defaultValue();

    /**
     * Returns the first version of libzmq that has the option.
     *
     * @return the version
     */
    Version since();

    /**
     * Returns whether the option is a draft: a libzmq that was built without drafts does not have
     * it, and later versions may change it.
     *
     * @return true if it is a draft
     */
    boolean isDraft();
}

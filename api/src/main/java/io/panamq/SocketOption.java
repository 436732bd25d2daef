// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.error.UnsupportedFeatureException;
import io.panamq.internal.option.OptionCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An option of a socket, with its C name, number and Java type. {@link Socket#get} takes only the
 * options that can be read, and {@link Socket#set} only those that can be set; with any other the
 * program does not compile. Values that belong together can be set in one call: {@link Heartbeat},
 * {@link Reconnect}, {@link KeepAlive}, {@link PeerMessages}.
 *
 * <p>Times are durations, which are rounded up to the unit of libzmq; {@link #FOREVER} is its -1. A
 * value out of range, and an option that is not one of this socket type, are refused with {@link
 * IllegalArgumentException}. An option that the loaded libzmq does not have throws {@link
 * UnsupportedFeatureException}, which tells why: it is older than the option, was built without
 * what the option is about, or the option is a draft and it was built without drafts. The bundled
 * library has drafts. Most options are for connections that are made later: set them before bind
 * and connect.
 *
 * <p>These options of C are missing here, because C calls them deprecated and has a better way:
 *
 * <ul>
 *   <li>{@code ZMQ_IPV4ONLY} is the reverse of {@link #IPV6}.
 *   <li>{@code ZMQ_ROUTER_RAW} is a {@link StreamSocket}.
 *   <li>{@code ZMQ_TCP_ACCEPT_FILTER}, {@code ZMQ_IPC_FILTER_UID}, {@code ZMQ_IPC_FILTER_GID} and
 *       {@code ZMQ_IPC_FILTER_PID} are the work of a ZAP handler, see {@link #ZAP_DOMAIN}.
 *   <li>{@code ZMQ_IDENTITY} is {@link #ROUTING_ID}, {@code ZMQ_CONNECT_RID} is {@link
 *       #CONNECT_ROUTING_ID}, {@code ZMQ_DELAY_ATTACH_ON_CONNECT} is {@link #IMMEDIATE}, {@code
 *       ZMQ_FAIL_UNROUTABLE} and {@code ZMQ_ROUTER_BEHAVIOR} are {@link #ROUTER_MANDATORY}.
 * </ul>
 *
 * @param <T> type of the value
 */
public sealed interface SocketOption<T>
        extends MessageOptions, PatternOptions, ConnectionOptions, SecurityOptions, TransportOptions
        permits SocketOption.Gettable, SocketOption.Settable, TypedOption {

    /**
     * An option that can be read.
     *
     * @param <T> type of the value
     */
    sealed interface Gettable<T> extends SocketOption<T> permits ReadOnly, ReadWrite {}

    /**
     * An option that can be set.
     *
     * @param <T> type of the value
     */
    sealed interface Settable<T> extends SocketOption<T> permits WriteOnly, ReadWrite {}

    /**
     * An option that can only be read.
     *
     * @param <T> type of the value
     */
    final class ReadOnly<T> extends TypedOption<T> implements Gettable<T> {
        ReadOnly(
                String name,
                int number,
                OptionCodec<T> codec,
                @Nullable T initial,
                String since,
                SocketType... types) {
            super(name, number, codec, initial, since, types);
        }
    }

    /**
     * An option that can only be set.
     *
     * @param <T> type of the value
     */
    final class WriteOnly<T> extends TypedOption<T> implements Settable<T> {
        WriteOnly(
                String name,
                int number,
                OptionCodec<T> codec,
                @Nullable T initial,
                String since,
                SocketType... types) {
            super(name, number, codec, initial, since, types);
        }
    }

    /**
     * An option that can be read and set.
     *
     * @param <T> type of the value
     */
    final class ReadWrite<T> extends TypedOption<T> implements Gettable<T>, Settable<T> {
        ReadWrite(
                String name,
                int number,
                OptionCodec<T> codec,
                @Nullable T initial,
                String since,
                SocketType... types) {
            super(name, number, codec, initial, since, types);
        }
    }

    /** The duration without a limit, which libzmq knows as -1. */
    Duration FOREVER = OptionCodec.FOREVER;

    /**
     * Makes an option whose value is an {@code int} out of its number, for an option of a libzmq
     * that is newer than this class. Nothing knows what the option does, so nothing can refuse a
     * value over which libzmq ends the process: this is a last resort.
     *
     * @param number 125 or more; the options below that are constants here
     * @return the option, which is named by its number
     * @throws IllegalArgumentException if the number is less than 125
     */
    static ReadWrite<Integer> ofInt(int number) {
        return TypedOption.unnamed(number, OptionCodec.INT);
    }

    /**
     * Makes an option whose value is up to 4096 bytes out of its number, see {@link #ofInt}.
     *
     * @param number 125 or more; the options below that are constants here
     * @return the option, which is named by its number
     * @throws IllegalArgumentException if the number is less than 125
     */
    static ReadWrite<byte[]> ofBytes(int number) {
        return TypedOption.unnamed(number, OptionCodec.BYTES);
    }

    /**
     * Returns the name of the constant in {@code zmq.h}.
     *
     * @return such as {@code ZMQ_LINGER}
     */
    String name();

    /**
     * Returns the number of the option in {@code zmq.h}.
     *
     * @return the number
     */
    int number();

    /**
     * Returns the value of a socket on which the option was never set.
     *
     * @return the default; empty if there is none
     */
    Optional<T> defaultValue();

    /**
     * Returns the socket types that have the option.
     *
     * @return all types if it is an option of every socket
     */
    Set<SocketType> types();

    /**
     * Returns the first version of libzmq that has the option.
     *
     * @return the version; 3.1.0 also for what is older than that
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

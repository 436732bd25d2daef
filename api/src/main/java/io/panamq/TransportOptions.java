// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.SocketOption.ReadWrite;
import io.panamq.SocketOption.WriteOnly;
import io.panamq.internal.option.OptionCodec;
import java.time.Duration;

/** The options of single transports; users find them in {@link SocketOption}. */
interface TransportOptions {
    /**
     * Bounds the rate of the multicast transports pgm, epgm and norm.
     *
     * <p>{@code ZMQ_RATE}, 8: an int, in kbit/s; read and set; default 100; every socket type;
     * since 3.1.
     */
    ReadWrite<Integer> RATE =
            new ReadWrite<>("ZMQ_RATE", 8, OptionCodec.ints(1, Integer.MAX_VALUE), 100, "3.1");

    /**
     * Lets a multicast receiver be absent for so long and still get what it has missed.
     *
     * <p>{@code ZMQ_RECOVERY_IVL}, 9: a duration, in ms; read and set; default 10 s; every socket
     * type; since 3.1.
     */
    ReadWrite<Duration> RECOVERY_IVL =
            new ReadWrite<>(
                    "ZMQ_RECOVERY_IVL",
                    9,
                    OptionCodec.MILLIS.between(0, Integer.MAX_VALUE),
                    Duration.ofSeconds(10),
                    "3.1");

    /**
     * Sets the time to live of multicast packets.
     *
     * <p>{@code ZMQ_MULTICAST_HOPS}, 25: an int, in hops; read and set; default 1, the local
     * network; every socket type; since 3.1.
     */
    ReadWrite<Integer> MULTICAST_HOPS =
            new ReadWrite<>("ZMQ_MULTICAST_HOPS", 25, OptionCodec.ints(1, 255), 1, "3.1");

    /**
     * Bounds the length of multicast packets.
     *
     * <p>{@code ZMQ_MULTICAST_MAXTPDU}, 84: an int, in bytes; read and set; default 1500; every
     * socket type; since 4.2.
     */
    ReadWrite<Integer> MULTICAST_MAXTPDU =
            new ReadWrite<>("ZMQ_MULTICAST_MAXTPDU", 84, OptionCodec.ints(1, 65535), 1500, "4.2");

    /**
     * Sets the size of the buffer of a vmci connection. It needs {@link Capability#VMCI}, as the
     * other options of vmci do.
     *
     * <p>{@code ZMQ_VMCI_BUFFER_SIZE}, 85: a long, in bytes; set only; default 65546; every socket
     * type; since 4.2.
     */
    WriteOnly<Long> VMCI_BUFFER_SIZE =
            new WriteOnly<>("ZMQ_VMCI_BUFFER_SIZE", 85, OptionCodec.LONG, 65546L, "4.2");

    /**
     * Sets the least size of the buffer of a vmci connection.
     *
     * <p>{@code ZMQ_VMCI_BUFFER_MIN_SIZE}, 86: a long, in bytes; set only; default 128; every
     * socket type; since 4.2.
     */
    WriteOnly<Long> VMCI_BUFFER_MIN_SIZE =
            new WriteOnly<>("ZMQ_VMCI_BUFFER_MIN_SIZE", 86, OptionCodec.LONG, 128L, "4.2");

    /**
     * Sets the largest size of the buffer of a vmci connection.
     *
     * <p>{@code ZMQ_VMCI_BUFFER_MAX_SIZE}, 87: a long, in bytes; set only; default 262144; every
     * socket type; since 4.2.
     */
    WriteOnly<Long> VMCI_BUFFER_MAX_SIZE =
            new WriteOnly<>("ZMQ_VMCI_BUFFER_MAX_SIZE", 87, OptionCodec.LONG, 262144L, "4.2");

    /**
     * Bounds how long a vmci connection may take to be made.
     *
     * <p>{@code ZMQ_VMCI_CONNECT_TIMEOUT}, 88: a duration, in ms; set only; default {@link
     * SocketOption#FOREVER}, as the system does; every socket type; since 4.2.
     */
    WriteOnly<Duration> VMCI_CONNECT_TIMEOUT =
            new WriteOnly<>(
                    "ZMQ_VMCI_CONNECT_TIMEOUT",
                    88,
                    OptionCodec.MILLIS,
                    SocketOption.FOREVER,
                    "4.2");

    /**
     * Lets multicast packets over udp also reach receivers on this machine.
     *
     * <p>{@code ZMQ_MULTICAST_LOOP}, 96: a boolean; read and set; default true; every socket type;
     * since 4.3; draft.
     */
    ReadWrite<Boolean> MULTICAST_LOOP =
            new ReadWrite<>("ZMQ_MULTICAST_LOOP", 96, OptionCodec.BOOL, true, "4.3 draft");

    /**
     * Selects how a norm sender controls congestion. It needs {@link Capability#NORM}, as the other
     * options of norm do.
     *
     * <p>{@code ZMQ_NORM_MODE}, 117: an int, 0 fixed rate, 1 CC, 2 CCL, 3 CCE, 4 CCE with ECN only;
     * read and set; default 1; every socket type; since 4.3.5; draft.
     */
    ReadWrite<Integer> NORM_MODE =
            new ReadWrite<>("ZMQ_NORM_MODE", 117, OptionCodec.ints(0, 4), 1, "4.3.5 draft");

    /**
     * Lets a norm receiver ask for what it has missed by unicast instead of multicast.
     *
     * <p>{@code ZMQ_NORM_UNICAST_NACK}, 118: a boolean; read and set; default false; every socket
     * type; since 4.3.5; draft.
     */
    ReadWrite<Boolean> NORM_UNICAST_NACK =
            new ReadWrite<>("ZMQ_NORM_UNICAST_NACK", 118, OptionCodec.BOOL, false, "4.3.5 draft");

    /**
     * Sets the size of the buffer of a norm sender, and of a receiver for each sender.
     *
     * <p>{@code ZMQ_NORM_BUFFER_SIZE}, 119: an int, in KiB; read and set; default 2048; every
     * socket type; since 4.3.5; draft.
     */
    ReadWrite<Integer> NORM_BUFFER_SIZE =
            new ReadWrite<>(
                    "ZMQ_NORM_BUFFER_SIZE", 119, OptionCodec.ints(1, 1 << 20), 2048, "4.3.5 draft");

    /**
     * Bounds the payload of one norm packet.
     *
     * <p>{@code ZMQ_NORM_SEGMENT_SIZE}, 120: an int, in bytes; read and set; default 1400; every
     * socket type; since 4.3.5; draft.
     */
    ReadWrite<Integer> NORM_SEGMENT_SIZE =
            new ReadWrite<>(
                    "ZMQ_NORM_SEGMENT_SIZE", 120, OptionCodec.ints(1, 65535), 1400, "4.3.5 draft");

    /**
     * Sets how many norm segments are corrected together.
     *
     * <p>{@code ZMQ_NORM_BLOCK_SIZE}, 121: an int, in segments, 1 to 255; read and set; default 16;
     * every socket type; since 4.3.5; draft.
     */
    ReadWrite<Integer> NORM_BLOCK_SIZE =
            new ReadWrite<>(
                    "ZMQ_NORM_BLOCK_SIZE", 121, OptionCodec.ints(1, 255), 16, "4.3.5 draft");

    /**
     * Bounds how many parity segments of a norm block can be sent on request.
     *
     * <p>{@code ZMQ_NORM_NUM_PARITY}, 122: an int, in segments, 0 to 254; read and set; default 4;
     * every socket type; since 4.3.5; draft.
     */
    ReadWrite<Integer> NORM_NUM_PARITY =
            new ReadWrite<>("ZMQ_NORM_NUM_PARITY", 122, OptionCodec.ints(0, 254), 4, "4.3.5 draft");

    /**
     * Sends so many parity segments with each norm block unasked.
     *
     * <p>{@code ZMQ_NORM_NUM_AUTOPARITY}, 123: an int, in segments, 0 to 254; read and set; default
     * 0; every socket type; since 4.3.5; draft.
     */
    ReadWrite<Integer> NORM_NUM_AUTOPARITY =
            new ReadWrite<>(
                    "ZMQ_NORM_NUM_AUTOPARITY", 123, OptionCodec.ints(0, 254), 0, "4.3.5 draft");

    /**
     * Makes a norm sender put new messages before repairs when its buffer is full.
     *
     * <p>{@code ZMQ_NORM_PUSH}, 124: a boolean; read and set; default false; every socket type;
     * since 4.3.5; draft.
     */
    ReadWrite<Boolean> NORM_PUSH =
            new ReadWrite<>("ZMQ_NORM_PUSH", 124, OptionCodec.BOOL, false, "4.3.5 draft");
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.SocketOption.ReadOnly;
import io.panamq.SocketOption.ReadWrite;
import io.panamq.SocketOption.WriteOnly;
import io.panamq.error.UnreachablePeerException;
import io.panamq.error.UnsupportedFeatureException;
import io.panamq.internal.option.FlagCodec;
import io.panamq.internal.option.OptionCodec;
import java.util.Set;

/** The options of single socket types; users find them in {@link SocketOption}. */
interface PatternOptions {
    /**
     * Names this socket for ROUTER peers. Set it before connect. If it is empty, the ROUTER makes a
     * name up.
     *
     * <p>{@code ZMQ_ROUTING_ID}, 5: bytes, 1 to 255 bytes, the first not 0; read and set; default
     * empty; REQ, REP, DEALER, ROUTER and STREAM; since 3.1.
     */
    ReadWrite<byte[]> ROUTING_ID =
            new ReadWrite<>(
                    "ZMQ_ROUTING_ID",
                    5,
                    OptionCodec.ROUTING_ID,
                    new byte[0],
                    "3.1",
                    SocketType.REQ,
                    SocketType.REP,
                    SocketType.DEALER,
                    SocketType.ROUTER,
                    SocketType.STREAM);

    /**
     * Is {@link SocketOption#ROUTING_ID} as text; it is the same option of libzmq.
     *
     * <p>{@code ZMQ_ROUTING_ID}, 5: text, 1 to 255 bytes in UTF-8; read and set; default empty;
     * REQ, REP, DEALER, ROUTER and STREAM; since 3.1.
     */
    ReadWrite<String> ROUTING_ID_TEXT =
            new ReadWrite<>(
                    "ZMQ_ROUTING_ID",
                    5,
                    OptionCodec.ROUTING_ID_TEXT,
                    "",
                    "3.1",
                    SocketType.REQ,
                    SocketType.REP,
                    SocketType.DEALER,
                    SocketType.ROUTER,
                    SocketType.STREAM);

    /**
     * Subscribes to a prefix, as {@link SubSocket#subscribe(byte[])} does.
     *
     * <p>{@code ZMQ_SUBSCRIBE}, 6: bytes, a prefix; set only; default none; SUB; since 3.1.
     */
    WriteOnly<byte[]> SUBSCRIBE =
            new WriteOnly<>("ZMQ_SUBSCRIBE", 6, OptionCodec.BYTES, null, "3.1", SocketType.SUB);

    /**
     * Takes one subscription back, as {@link SubSocket#unsubscribe(byte[])} does.
     *
     * <p>{@code ZMQ_UNSUBSCRIBE}, 7: bytes, a prefix; set only; default none; SUB; since 3.1.
     */
    WriteOnly<byte[]> UNSUBSCRIBE =
            new WriteOnly<>("ZMQ_UNSUBSCRIBE", 7, OptionCodec.BYTES, null, "3.1", SocketType.SUB);

    /**
     * Refuses to drop: a send to a peer that is not there throws {@link UnreachablePeerException},
     * and one to a peer without room waits. If false, such messages are dropped, and nobody is
     * told.
     *
     * <p>{@code ZMQ_ROUTER_MANDATORY}, 33: a boolean; set only; default true, other than libzmq's;
     * ROUTER; since 3.2.
     */
    WriteOnly<Boolean> ROUTER_MANDATORY =
            new WriteOnly<>(
                    "ZMQ_ROUTER_MANDATORY", 33, OptionCodec.BOOL, true, "3.2", SocketType.ROUTER);

    /**
     * Receives every subscription, also to a prefix to which another subscriber has subscribed. If
     * false, only the first to each prefix arrives.
     *
     * <p>{@code ZMQ_XPUB_VERBOSE}, 40: a boolean; set only; default false; XPUB; since 3.2.
     */
    WriteOnly<Boolean> XPUB_VERBOSE =
            new WriteOnly<>(
                    "ZMQ_XPUB_VERBOSE", 40, OptionCodec.BOOL, false, "3.2", SocketType.XPUB);

    /**
     * Sends an empty message to each new peer, so that a ROUTER learns the routing id of this
     * socket at once.
     *
     * <p>{@code ZMQ_PROBE_ROUTER}, 51: a boolean; set only; default false; REQ, DEALER and ROUTER;
     * since 4.0.
     */
    WriteOnly<Boolean> PROBE_ROUTER =
            new WriteOnly<>(
                    "ZMQ_PROBE_ROUTER",
                    51,
                    OptionCodec.BOOL,
                    false,
                    "4.0",
                    SocketType.REQ,
                    SocketType.DEALER,
                    SocketType.ROUTER);

    /**
     * Numbers the requests, so that a late reply is not taken for the reply to a later request. It
     * adds a frame, which REP and ROUTER peers send back.
     *
     * <p>{@code ZMQ_REQ_CORRELATE}, 52: a boolean; set only; default false; REQ; since 4.0.
     */
    WriteOnly<Boolean> REQ_CORRELATE =
            new WriteOnly<>(
                    "ZMQ_REQ_CORRELATE", 52, OptionCodec.BOOL, false, "4.0", SocketType.REQ);

    /**
     * Allows another request before the reply to the last one has come, which gives that one up.
     * Set {@link SocketOption#REQ_CORRELATE} too.
     *
     * <p>{@code ZMQ_REQ_RELAXED}, 53: a boolean; set only; default false; REQ; since 4.0.
     */
    WriteOnly<Boolean> REQ_RELAXED =
            new WriteOnly<>("ZMQ_REQ_RELAXED", 53, OptionCodec.BOOL, false, "4.0", SocketType.REQ);

    /**
     * Lets a new peer take over the routing id of an older one. If false, the new peer is ignored.
     *
     * <p>{@code ZMQ_ROUTER_HANDOVER}, 56: a boolean; set only; default false; ROUTER; since 4.1.
     */
    WriteOnly<Boolean> ROUTER_HANDOVER =
            new WriteOnly<>(
                    "ZMQ_ROUTER_HANDOVER", 56, OptionCodec.BOOL, false, "4.1", SocketType.ROUTER);

    /**
     * Names the peer of the next connect, so that it can be addressed at once. A ROUTER has {@link
     * RouterSocket#connect(String, byte[])} for it. It needs the bundled library, because libzmq
     * ends the process when the name is in use; there such a name is ignored.
     *
     * <p>{@code ZMQ_CONNECT_ROUTING_ID}, 61: bytes, 1 to 255 bytes, the first not 0; set only;
     * default none; STREAM; since 4.1.
     */
    WriteOnly<byte[]> CONNECT_ROUTING_ID =
            new WriteOnly<>(
                    "ZMQ_CONNECT_ROUTING_ID",
                    61,
                    OptionCodec.ROUTING_ID,
                    null,
                    "4.1",
                    SocketType.STREAM);

    /**
     * Lets a send wait while a subscriber has no room, and {@code trySend} return false. If false,
     * the message is dropped for that subscriber.
     *
     * <p>{@code ZMQ_XPUB_NODROP}, 69: a boolean; set only; default false; PUB and XPUB; since 4.1.
     */
    WriteOnly<Boolean> XPUB_NODROP =
            new WriteOnly<>(
                    "ZMQ_XPUB_NODROP",
                    69,
                    OptionCodec.BOOL,
                    false,
                    "4.1",
                    SocketType.PUB,
                    SocketType.XPUB);

    /**
     * Leaves it to the program to make the subscriptions that arrive effective, with {@link
     * XPubSocket#subscribe(byte[])}. Set it before bind and connect; later it is refused with
     * {@link IllegalStateException}. It needs the bundled library; with another one, set throws
     * {@link UnsupportedFeatureException} (ENOTSUP).
     *
     * <p>{@code ZMQ_XPUB_MANUAL}, 71: a boolean; set only; default false; XPUB; since 4.2.
     */
    WriteOnly<Boolean> XPUB_MANUAL =
            new WriteOnly<>("ZMQ_XPUB_MANUAL", 71, OptionCodec.BOOL, false, "4.2", SocketType.XPUB);

    /**
     * Is sent first to each new subscriber, if a subscription of it matches.
     *
     * <p>{@code ZMQ_XPUB_WELCOME_MSG}, 72: bytes, a frame; set only; default empty, none; XPUB;
     * since 4.2.
     */
    WriteOnly<byte[]> XPUB_WELCOME_MSG =
            new WriteOnly<>(
                    "ZMQ_XPUB_WELCOME_MSG",
                    72,
                    OptionCodec.BYTES,
                    new byte[0],
                    "4.2",
                    SocketType.XPUB);

    /**
     * Receives a message with empty data for each connection that was made or closed.
     *
     * <p>{@code ZMQ_STREAM_NOTIFY}, 73: a boolean; set only; default true; STREAM; since 4.2.
     */
    WriteOnly<Boolean> STREAM_NOTIFY =
            new WriteOnly<>(
                    "ZMQ_STREAM_NOTIFY", 73, OptionCodec.BOOL, true, "4.2", SocketType.STREAM);

    /**
     * Delivers what does not match the subscriptions, instead of what does. Both sides must set it.
     *
     * <p>{@code ZMQ_INVERT_MATCHING}, 74: a boolean; read and set; default false; PUB, XPUB and
     * SUB; since 4.2.
     */
    ReadWrite<Boolean> INVERT_MATCHING =
            new ReadWrite<>(
                    "ZMQ_INVERT_MATCHING",
                    74,
                    OptionCodec.BOOL,
                    false,
                    "4.2",
                    SocketType.PUB,
                    SocketType.XPUB,
                    SocketType.SUB);

    /**
     * Receives every subscription and every unsubscription. If false, only the first and the last
     * of each prefix arrive.
     *
     * <p>{@code ZMQ_XPUB_VERBOSER}, 78: a boolean; set only; default false; XPUB; since 4.2.
     */
    WriteOnly<Boolean> XPUB_VERBOSER =
            new WriteOnly<>(
                    "ZMQ_XPUB_VERBOSER", 78, OptionCodec.BOOL, false, "4.2", SocketType.XPUB);

    /**
     * Receives the routing id of a peer and an empty frame when it connects or goes, over tcp and
     * ipc.
     *
     * <p>{@code ZMQ_ROUTER_NOTIFY}, 97: a set of {@link RouterNotify}; read and set; default empty;
     * ROUTER; since 4.3; draft.
     */
    ReadWrite<Set<RouterNotify>> ROUTER_NOTIFY =
            new ReadWrite<>(
                    "ZMQ_ROUTER_NOTIFY",
                    97,
                    new FlagCodec<>(RouterNotify.class),
                    Set.of(),
                    "4.3 draft",
                    SocketType.ROUTER);

    /**
     * Does what {@link SocketOption#XPUB_MANUAL} does; and the message that is sent next after a
     * subscription was received, or one that was taken back, goes to that subscriber alone, if it
     * is subscribed to it: send one after each receive. The same conditions hold for it.
     *
     * <p>{@code ZMQ_XPUB_MANUAL_LAST_VALUE}, 98: a boolean; set only; default false; XPUB; since
     * 4.3.2; draft.
     */
    WriteOnly<Boolean> XPUB_MANUAL_LAST_VALUE =
            new WriteOnly<>(
                    "ZMQ_XPUB_MANUAL_LAST_VALUE",
                    98,
                    OptionCodec.BOOL,
                    false,
                    "4.3.2 draft",
                    SocketType.XPUB);

    /**
     * Takes only the first frame of a message for a subscription; the frames that follow are data,
     * whatever they start with.
     *
     * <p>{@code ZMQ_ONLY_FIRST_SUBSCRIBE}, 108: a boolean; set only; default false; XPUB and XSUB;
     * since 4.3.3; draft.
     */
    WriteOnly<Boolean> ONLY_FIRST_SUBSCRIBE =
            new WriteOnly<>(
                    "ZMQ_ONLY_FIRST_SUBSCRIBE",
                    108,
                    OptionCodec.BOOL,
                    false,
                    "4.3.3 draft",
                    SocketType.XPUB,
                    SocketType.XSUB);

    /**
     * Is sent first to each new peer. See {@link PeerMessages}.
     *
     * <p>{@code ZMQ_HELLO_MSG}, 110: bytes, a frame; set only; default empty, none; DEALER, ROUTER,
     * SERVER, CLIENT and PEER; since 4.3.3; draft.
     */
    WriteOnly<byte[]> HELLO_MSG =
            new WriteOnly<>(
                    "ZMQ_HELLO_MSG",
                    110,
                    OptionCodec.BYTES,
                    new byte[0],
                    "4.3.3 draft",
                    SocketType.DEALER,
                    SocketType.ROUTER,
                    SocketType.SERVER,
                    SocketType.CLIENT,
                    SocketType.PEER);

    /**
     * Is received here from a peer that has gone, as if it had sent it. See {@link PeerMessages}.
     * It needs the bundled library; with another one, set throws {@link
     * UnsupportedFeatureException} (ENOTSUP).
     *
     * <p>{@code ZMQ_DISCONNECT_MSG}, 111: bytes, a frame; set only; default empty, none; ROUTER,
     * SERVER and PEER; since 4.3.3; draft.
     */
    WriteOnly<byte[]> DISCONNECT_MSG =
            new WriteOnly<>(
                    "ZMQ_DISCONNECT_MSG",
                    111,
                    OptionCodec.BYTES,
                    new byte[0],
                    "4.3.3 draft",
                    SocketType.ROUTER,
                    SocketType.SERVER,
                    SocketType.PEER);

    /**
     * Is received here when the peer that this socket is connected to has gone, before it is
     * connected again. See {@link PeerMessages}.
     *
     * <p>{@code ZMQ_HICCUP_MSG}, 114: bytes, a frame; set only; default empty, none; DEALER, CLIENT
     * and PEER; since 4.3.5; draft.
     */
    WriteOnly<byte[]> HICCUP_MSG =
            new WriteOnly<>(
                    "ZMQ_HICCUP_MSG",
                    114,
                    OptionCodec.BYTES,
                    new byte[0],
                    "4.3.5 draft",
                    SocketType.DEALER,
                    SocketType.CLIENT,
                    SocketType.PEER);

    /**
     * Passes every unsubscription on. If false, only the last of each prefix is.
     *
     * <p>{@code ZMQ_XSUB_VERBOSE_UNSUBSCRIBE}, 115: a boolean; set only; default false; XSUB; since
     * 4.3.5; draft.
     */
    WriteOnly<Boolean> XSUB_VERBOSE_UNSUBSCRIBE =
            new WriteOnly<>(
                    "ZMQ_XSUB_VERBOSE_UNSUBSCRIBE",
                    115,
                    OptionCodec.BOOL,
                    false,
                    "4.3.5 draft",
                    SocketType.XSUB);

    /**
     * Counts the different prefixes that are subscribed to.
     *
     * <p>{@code ZMQ_TOPICS_COUNT}, 116: an int, in prefixes; read only; default 0; PUB, XPUB, SUB
     * and XSUB; since 4.3.5; draft.
     */
    ReadOnly<Integer> TOPICS_COUNT =
            new ReadOnly<>(
                    "ZMQ_TOPICS_COUNT",
                    116,
                    OptionCodec.INT,
                    0,
                    "4.3.5 draft",
                    SocketType.PUB,
                    SocketType.XPUB,
                    SocketType.SUB,
                    SocketType.XSUB);
}

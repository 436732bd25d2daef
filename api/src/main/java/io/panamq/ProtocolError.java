// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * The reason of a {@link MonitorEvent.ProtocolFailed}. ZMTP is the protocol between two peers;
 * HELLO, READY and so on are its commands. ZAP is the protocol between libzmq and the handler in
 * this process that authenticates peers. C constants: {@code ZMQ_PROTOCOL_ERROR_*}.
 */
public enum ProtocolError {
    /** Some other violation of ZMTP. */
    ZMTP_UNSPECIFIED(0x10000000, "the peer violated ZMTP"),
    /** A command that is not known, or not allowed at this point. */
    ZMTP_UNEXPECTED_COMMAND(
            0x10000001, "a command came that is unknown, or not allowed at this point"),
    /** A wrong sequence number. */
    ZMTP_INVALID_SEQUENCE(0x10000002, "a sequence number was wrong"),
    /** The exchange of keys failed. */
    ZMTP_KEY_EXCHANGE(0x10000003, "the exchange of keys failed"),
    /** A malformed command. */
    ZMTP_MALFORMED_COMMAND_UNSPECIFIED(0x10000011, "a command was malformed"),
    /** A malformed MESSAGE. */
    ZMTP_MALFORMED_COMMAND_MESSAGE(0x10000012, "a MESSAGE was malformed"),
    /** A malformed HELLO. */
    ZMTP_MALFORMED_COMMAND_HELLO(0x10000013, "a HELLO was malformed"),
    /** A malformed INITIATE. */
    ZMTP_MALFORMED_COMMAND_INITIATE(0x10000014, "an INITIATE was malformed"),
    /** A malformed ERROR. */
    ZMTP_MALFORMED_COMMAND_ERROR(0x10000015, "an ERROR was malformed"),
    /** A malformed READY. */
    ZMTP_MALFORMED_COMMAND_READY(0x10000016, "a READY was malformed"),
    /** A malformed WELCOME. */
    ZMTP_MALFORMED_COMMAND_WELCOME(0x10000017, "a WELCOME was malformed"),
    /** Socket types that do not fit together, or malformed metadata. */
    ZMTP_INVALID_METADATA(
            0x10000018, "the socket types do not fit, or the peer's metadata is malformed"),
    /** What the peer sent could not be decrypted; mostly a key is wrong. */
    ZMTP_CRYPTOGRAPHIC(0x11000001, "what the peer sent cannot be decrypted: mostly a key is wrong"),
    /** The peers have different mechanisms, such as NULL and CURVE. */
    ZMTP_MECHANISM_MISMATCH(
            0x11000002, "the peers have different mechanisms, such as NULL and CURVE"),
    /** The ZAP handler's reply has no proper delimiter. */
    ZAP_UNSPECIFIED(0x20000000, "the ZAP handler's reply has no delimiter"),
    /** The ZAP handler's reply has a wrong number of frames. */
    ZAP_MALFORMED_REPLY(0x20000001, "the ZAP handler's reply has a wrong number of frames"),
    /** The ZAP handler did not echo the id of the request. */
    ZAP_BAD_REQUEST_ID(0x20000002, "the ZAP handler did not echo the id of the request"),
    /** The ZAP handler's reply is not of version 1.0. */
    ZAP_BAD_VERSION(0x20000003, "the ZAP handler's reply is not of version 1.0"),
    /** The ZAP handler's status is none of 200, 300, 400, 500. */
    ZAP_INVALID_STATUS_CODE(0x20000004, "the ZAP handler's status is none of 200, 300, 400, 500"),
    /** The ZAP handler's metadata cannot be read. */
    ZAP_INVALID_METADATA(0x20000005, "the ZAP handler's metadata cannot be read"),
    /** The WebSocket handshake failed. */
    WS_UNSPECIFIED(0x30000000, "the WebSocket handshake failed"),
    /** Any other number; {@link MonitorEvent.ProtocolFailed#number} has it. */
    UNKNOWN(0, "the protocol was violated");

    private final int number;
    private final String text;

    ProtocolError(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /**
     * Says in words what happened.
     *
     * @return half a sentence, such as "a HELLO was malformed"
     */
    public String text() {
        return text;
    }

    static ProtocolError of(int number) {
        for (ProtocolError error : values()) {
            if (error.number == number) {
                return error;
            }
        }
        return UNKNOWN;
    }
}

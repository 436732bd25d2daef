// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * The loaded libzmq cannot do this (ENOTSUP, EPROTONOSUPPORT, ENOCOMPATPROTO, EAFNOSUPPORT): it is
 * too old, was built without the feature, or the transport does not fit the socket type.
 */
public final class UnsupportedFeatureException extends ZmqException {
    private static final long serialVersionUID = 1L;

    UnsupportedFeatureException(
            Errno errno, int number, String operation, String endpoint, String text) {
        super(errno, number, operation, endpoint, text);
    }
}

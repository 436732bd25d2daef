// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * Thrown if the loaded libzmq cannot do this (ENOTSUP, EPROTONOSUPPORT, ENOCOMPATPROTO,
 * EAFNOSUPPORT): it is too old or was built without the feature, or the transport does not fit the
 * socket type.
 */
public final class UnsupportedFeatureException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param errno one of the four above
     * @param operation the operation that was tried
     * @param endpoint the endpoint of the operation, empty if it has none
     * @param text says what happened and what to do
     */
    public UnsupportedFeatureException(
            Errno errno, String operation, String endpoint, String text) {
        super(errno.number(), operation, endpoint, text);
    }
}

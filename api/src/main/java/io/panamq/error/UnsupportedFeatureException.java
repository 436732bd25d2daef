// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * The operation is not possible with the loaded libzmq, this socket type or this system: libzmq is
 * too old or was built without the feature (ENOTSUP), it does not know the transport
 * (EPROTONOSUPPORT), the transport does not fit the socket type (ENOCOMPATPROTO), or the kernel
 * lacks the address family (EAFNOSUPPORT).
 */
public final class UnsupportedFeatureException extends ZmqException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param errno one of the four that are named above
     * @param operation the operation that failed, such as {@code bind}
     * @param endpoint the endpoint of the operation; empty if it has none
     * @param text what happened and what to do
     */
    public UnsupportedFeatureException(
            Errno errno, String operation, String endpoint, String text) {
        super(errno.number(), operation, endpoint, text);
    }
}

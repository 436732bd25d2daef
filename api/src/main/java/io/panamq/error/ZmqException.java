// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * An operation that libzmq refused. The text names the operation, the endpoint or option where
 * there is one, and says what to do. Subclasses exist only where callers act differently.
 *
 * <p>Would-block and time-out are never exceptions. Wrong arguments are {@link
 * IllegalArgumentException} or {@link NullPointerException}, a message or socket used on another
 * thread is {@link WrongThreadException}.
 */
public sealed class ZmqException extends RuntimeException
        permits ContextTerminatedException,
                OperationCancelledException,
                OperationInterruptedException,
                ProtocolStateException,
                SocketClosedException,
                UnreachablePeerException,
                UnsupportedFeatureException {
    private static final long serialVersionUID = 1L;

    private final transient int number;
    private final transient String operation;
    private final transient String endpoint;

    /**
     * Creates the exception. PanaMQ does this; programs catch it.
     *
     * @param number the error as this system counts it
     * @param operation what was tried
     * @param endpoint the endpoint of the operation, empty if it has none
     * @param text says what happened and what to do
     */
    public ZmqException(int number, String operation, String endpoint, String text) {
        super(text);
        this.number = number;
        this.operation = operation;
        this.endpoint = endpoint;
    }

    /**
     * The error by name.
     *
     * @return its name, {@link Errno#UNKNOWN} if it has none here
     */
    public Errno errno() {
        return Errno.of(number);
    }

    /**
     * The error as this system counts it.
     *
     * @return the number that C code would see
     */
    public int number() {
        return number;
    }

    /**
     * What was tried.
     *
     * @return such as {@code bind}
     */
    public String operation() {
        return operation;
    }

    /**
     * The endpoint of the operation.
     *
     * @return the endpoint, empty if the operation has none
     */
    public String endpoint() {
        return endpoint;
    }
}

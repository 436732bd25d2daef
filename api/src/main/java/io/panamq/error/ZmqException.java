// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * Thrown if libzmq refused an operation. The text names the operation, the endpoint or option if
 * there is one, and says what to do. There are subclasses only for errors after which callers act
 * differently.
 *
 * <p>A call that would block, or whose time is over, does not throw. A wrong argument throws {@link
 * IllegalArgumentException} or {@link NullPointerException}; the use of a message or socket on
 * another thread throws {@link WrongThreadException}.
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
     * Creates the exception. Only PanaMQ does this; programs catch it.
     *
     * @param number the error number of this system
     * @param operation the operation that was tried
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
     * Returns the name of the error.
     *
     * @return the name, or {@link Errno#UNKNOWN} for a number that {@link Errno} does not have
     */
    public Errno errno() {
        return Errno.of(number);
    }

    /**
     * Returns the error number of this system.
     *
     * @return the number that C code would see
     */
    public int number() {
        return number;
    }

    /**
     * Returns the operation that was tried.
     *
     * @return the operation, such as {@code bind}
     */
    public String operation() {
        return operation;
    }

    /**
     * Returns the endpoint of the operation.
     *
     * @return the endpoint, empty if the operation has none
     */
    public String endpoint() {
        return endpoint;
    }
}

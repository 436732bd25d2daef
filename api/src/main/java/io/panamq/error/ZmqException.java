// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

/**
 * An operation of PanaMQ failed. The text names the operation, and the endpoint or option if there
 * is one, and says what to do. The subclasses are for failures to which a program may react in its
 * own way. A thread that receives in a loop usually catches these:
 *
 * {@snippet class="io.panamq.snippets.WaitSnippets" region="end"}
 *
 * <p>That there is no message or no room, at once or in time, is never an exception: the methods
 * return false, 0 or an empty Optional. Other failures have other exceptions: {@link
 * IllegalArgumentException} or {@link NullPointerException} for a wrong argument, {@link
 * IllegalStateException} for a message without content and for a step that does not fit the state
 * of the object, {@link WrongThreadException} for a message or socket of another thread, and {@link
 * NativeLibraryException} if libzmq could not be loaded.
 */
public sealed class ZmqException extends RuntimeException
        permits ContextTerminatedException,
                HandshakeRefusedException,
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
     * @param number the error number, as on this operating system
     * @param operation the operation that failed, such as {@code bind}
     * @param endpoint the endpoint of the operation; empty if it has none
     * @param text what happened and what to do
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
     * @return the name; {@link Errno#UNKNOWN} if the number has no name in {@link Errno}
     */
    public Errno errno() {
        return Errno.of(number);
    }

    /**
     * Returns the error number, as on this operating system.
     *
     * @return the number, as {@code zmq_errno} returns it to C programs
     */
    public int number() {
        return number;
    }

    /**
     * Returns the operation that failed.
     *
     * @return its name, such as {@code bind}
     */
    public String operation() {
        return operation;
    }

    /**
     * Returns the endpoint of the operation.
     *
     * @return the endpoint; empty if the operation has none
     */
    public String endpoint() {
        return endpoint;
    }
}

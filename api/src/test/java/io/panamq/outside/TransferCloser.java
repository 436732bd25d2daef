// SPDX-License-Identifier: Apache-2.0
package io.panamq.outside;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import java.util.AbstractList;
import java.util.List;

/**
 * A list that closes a message which its batch is sending, and a thread that hides what it does. In
 * a package whose name begins like that of the api, as a user's might.
 */
public final class TransferCloser extends AbstractList<Message> {
    private final List<Message> messages =
            List.of(Message.of("a".repeat(1000)), Message.of("b".repeat(1000)), Message.of("c"));
    private int passes;
    private int refused;

    private TransferCloser() {}

    /**
     * Starts it.
     *
     * @param arguments {@code thread} for a thread that hides its stack
     */
    public static void main(String[] arguments) throws InterruptedException {
        Thread thread = arguments.length > 0 ? new Hiding() : new Thread(TransferCloser::send);
        thread.start();
        thread.join();
    }

    private static final class Hiding extends Thread {
        @Override
        public void run() {
            send();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return new StackTraceElement[0];
        }
    }

    private static void send() {
        try (Context context = Context.create();
                PullSocket pull = context.pull();
                PushSocket push = context.push()) {
            push.connect(pull.bind("tcp://127.0.0.1:*"));
            var list = new TransferCloser();
            for (Message message : list.messages) {
                message.setByte(0, (byte) 'x'); // of this thread from now on
            }
            int sent = push.sendBatch(list);
            System.out.println("sent " + sent + ", refused " + list.refused);
            for (int i = 0; i < sent; i++) {
                System.out.println(pull.receiveString().length());
            }
        }
    }

    @Override
    public int size() {
        return messages.size();
    }

    @Override
    public Message get(int index) {
        passes += index == 0 ? 1 : 0;
        if (passes > 1) { // the first only looks whether all can be sent
            closeThoseBefore(index);
        }
        return messages.get(index);
    }

    private void closeThoseBefore(int index) {
        for (Message message : messages.subList(0, index)) {
            try {
                message.close();
            } catch (IllegalStateException e) {
                refused++;
            }
        }
    }
}

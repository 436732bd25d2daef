// SPDX-License-Identifier: Apache-2.0
package io.panamq.outside;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import java.util.AbstractList;
import java.util.List;

/** A list that closes messages which its batch is sending. */
public final class TransferCloser extends AbstractList<Message> {
    private final List<Message> messages =
            List.of(Message.of("a".repeat(1000)), Message.of("b".repeat(1000)), Message.of("c"));
    private int passes;
    private int refused;

    private TransferCloser() {}

    /**
     * Sends the list.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (Context context = Context.create();
                PullSocket pull = context.pull();
                PushSocket push = context.push()) {
            push.connect(pull.bind("tcp://127.0.0.1:*"));
            var list = new TransferCloser();
            for (Message message : list.messages) {
                message.setByte(0, (byte) 'x'); // this thread owns it from now on
            }
            int sent = push.bulkSender().sendBatch(list);
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
        if (passes > 1) { // the first pass only checks whether all can be sent
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

// SPDX-License-Identifier: Apache-2.0
package io.panamq.snippets;

import io.panamq.BulkReceiver;
import io.panamq.BulkSender;
import io.panamq.Message;
import io.panamq.MessageTracker;
import io.panamq.Multipart;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Examples of messages: their content, several frames, files, and transfer in bulk. */
final class MessageSnippets {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    long bytes;

    static void message(PushSocket push, PullSocket pull) {
        // @start region="message"
        Message message = Message.allocate(16);
        message.setLong(0, 42);
        message.data().set(ValueLayout.JAVA_DOUBLE, 8, 3.14); // a MemorySegment, in place
        push.send(message); // moved, not copied; what was sent needs no close
        try (Message received = pull.receive()) {
            System.out.println(received.getLong(0));
        }
        // @end
    }

    static double numbers(Message message) {
        // @start region="numbers"
        message.setLong(0, Double.doubleToRawLongBits(3.14)); // also setInt, floatToRawIntBits
        double pi = Double.longBitsToDouble(message.getLong(0));
        ByteBuffer bytes = message.data().asByteBuffer(); // big endian, which is network order
        bytes.putShort(8, (short) 80).putFloat(10, 2.5f);
        // @end
        return pi;
    }

    static String parts(Multipart message) {
        // @start region="parts"
        int delimiter = message.indexOf("<IDS|MSG>"); // -1 if no frame has that content
        String signature = message.getString(delimiter + 1);
        // @end
        return signature;
    }

    static void multipart(PushSocket push, PullSocket pull) {
        // @start region="multipart"
        push.send(Multipart.of("topic", "content")); // what was sent needs no close
        try (Multipart message = pull.receiveMultipart()) {
            System.out.println(message.getString(0) + ": " + message.getString(1));
        }
        // @end
    }

    static boolean file(PushSocket push, Path path) throws IOException {
        // @start region="file"
        Message message;
        try (FileChannel channel = FileChannel.open(path)) {
            message = Message.map(channel, 0, channel.size());
        }
        MessageTracker tracker = MessageTracker.of(message);
        push.send(message); // from the page cache to the network, without a copy in Java
        // @replace substring='LIMIT' replacement='Duration.ofSeconds(30)' :
        boolean done = tracker.awaitReleased(LIMIT); // true: libzmq no longer needs the file
        // @end
        return done;
    }

    static int bulkSend(
            PushSocket push, ByteBuffer buffer, MemorySegment segment, List<Message> messages) {
        // @start region="bulkSend"
        BulkSender bulk = push.bulkSender();
        bulk.send(buffer); // a ByteBuffer, from its position to its limit
        boolean sent = bulk.send(segment, Duration.ofSeconds(1)); // a MemorySegment
        int queued = bulk.sendBatch(messages); // a List<Message>, up to 64 in one native call
        // @end
        return sent ? queued : -1;
    }

    int bulkReceive(PullSocket pull, ByteBuffer buffer, WritableByteChannel file, Duration patience)
            throws IOException {
        // @start region="bulkReceive"
        BulkReceiver bulk = pull.bulkReceiver();
        // @replace substring='patience' replacement='Duration.ofSeconds(1)' :
        while (bulk.receive(buffer, patience)) {
            file.write(buffer.flip()); // its position was moved by the size of the frame
            buffer.clear();
        }
        int handled = bulk.receiveBatch(frame -> count(frame.size()), 1000);
        // @end
        return handled;
    }

    private void count(long size) {
        bytes += size;
    }
}

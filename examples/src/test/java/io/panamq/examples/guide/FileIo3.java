// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.guide;

import io.panamq.Context;
import io.panamq.DealerSocket;
import io.panamq.Message;
import io.panamq.Multipart;
import io.panamq.RouterSocket;
import io.panamq.error.ContextTerminatedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;

/**
 * A client fetches a file in chunks, and has at most ten requests under way: flow control by credit
 * (fileio3).
 */
public final class FileIo3 {

    private static final int CHUNK = 1_000;
    private static final int PIPELINE = 10;

    private FileIo3() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        byte[] content = new byte[250 * CHUNK + 500];
        new Random(1).nextBytes(content);
        Path file = Files.createTempFile("fileio3", null);
        Files.write(file, content);
        CRC32 expected = new CRC32();
        expected.update(content);
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Context context = Context.create();
                RouterSocket router = context.router()) {
            String endpoint = router.bind("tcp://127.0.0.1:*");
            router.handOver();
            Future<?> server = threads.submit(() -> serve(router, file));
            int transfers = 0;
            long sent = 0;
            try (DealerSocket dealer = context.dealer()) {
                dealer.connect(endpoint);
                while (sent < messages) {
                    CRC32 actual = new CRC32();
                    sent += fetch(dealer, actual);
                    transfers++;
                    if (actual.getValue() != expected.getValue()) {
                        throw new IllegalStateException(
                                "transfer " + transfers + " has another content");
                    }
                    Rss.at(sent);
                }
            }
            context.shutdown();
            server.get();
            System.out.println(
                    "fileio3: " + transfers + " transfers of " + content.length + " bytes");
        } finally {
            Files.delete(file);
        }
    }

    /** Fetches the file once, and returns how many requests and chunks were sent. */
    private static int fetch(DealerSocket dealer, CRC32 sum) {
        int credit = PIPELINE;
        int requests = 0;
        int chunks = 0;
        boolean end = false;
        while (!end || chunks < requests) {
            while (!end && credit > 0) {
                dealer.send(
                        Multipart.of(
                                "fetch",
                                Long.toString((long) requests * CHUNK),
                                Integer.toString(CHUNK)));
                requests++;
                credit--;
            }
            try (Message chunk = dealer.receive()) {
                sum.update(chunk.data().asByteBuffer());
                end |= chunk.size() < CHUNK;
                chunks++;
                credit++;
            }
        }
        return requests + chunks;
    }

    private static Void serve(RouterSocket router, Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            while (true) {
                Multipart request = router.receiveMultipart(); // routing id, "fetch", offset, size
                if (!request.getString(1).equals("fetch")) {
                    throw new IllegalStateException("not a request:\n" + request.dump());
                }
                long offset = Long.parseLong(request.getString(2));
                long size =
                        Math.clamp(file.size() - offset, 0, Long.parseLong(request.getString(3)));
                Message chunk = Message.allocate(size);
                ByteBuffer buffer = chunk.data().asByteBuffer();
                while (buffer.hasRemaining()) {
                    file.read(buffer, offset + buffer.position());
                }
                router.send(request.truncate(1).add(chunk));
            }
        } catch (ContextTerminatedException e) {
            return null; // the client has the file
        }
    }
}

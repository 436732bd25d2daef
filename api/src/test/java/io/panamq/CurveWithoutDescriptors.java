// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.support.Deadline;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A program that {@link CurveTest} runs: makes keys and connects while it can open no file. */
final class CurveWithoutDescriptors {
    private CurveWithoutDescriptors() {}

    public static void main(String[] arguments) throws Exception {
        CurveKeyPair keys = Curve.keyPair();
        Deque<FileInputStream> files = new ArrayDeque<>();
        // Classes are files too, so this loads them while there are descriptors.
        try (Context context = Context.create()) {
            exchange(server(context, keys), client(context, keys));
        }
        exhaust(files);
        boolean fits = Curve.publicKey(keys.secretKey()).equals(keys.publicKey());
        boolean differs = !Curve.keyPair().equals(keys);
        free(files, files.size());
        int left;
        try (Context context = Context.create()) {
            PullSocket server = server(context, keys);
            PushSocket client = client(context, keys);
            exhaust(files);
            // Connect needs four free descriptors. The ends of the connection take two.
            free(files, 4);
            exchange(server, client);
            left = exhaust(files);
            free(files, files.size());
        }
        System.out.println("keys " + (fits && differs) + ", left of four " + left);
    }

    private static int exhaust(Deque<FileInputStream> files) {
        int opened = 0;
        while (open(files)) {
            opened++;
        }
        return opened;
    }

    private static void free(Deque<FileInputStream> files, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            files.pop().close();
        }
    }

    private static boolean open(Deque<FileInputStream> files) {
        try {
            files.push(new FileInputStream("/dev/null"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static PullSocket server(Context context, CurveKeyPair keys) {
        PullSocket server = context.pull();
        server.security().curveServer(keys);
        server.bind("tcp://127.0.0.1:*");
        return server;
    }

    private static PushSocket client(Context context, CurveKeyPair keys) {
        PushSocket client = context.push();
        client.security().curveClient(keys.publicKey(), keys);
        return client;
    }

    private static void exchange(PullSocket server, PushSocket client) {
        client.connect(server.get(SocketOption.LAST_ENDPOINT));
        client.send("x");
        if (!Deadline.text(server).equals("x")) {
            throw new IllegalStateException("another message");
        }
    }
}

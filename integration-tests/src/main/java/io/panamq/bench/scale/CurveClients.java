// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import io.panamq.Context;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Message;
import io.panamq.MonitorEvent;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.security.Certificate;
import io.panamq.security.CertificateStore;
import io.panamq.security.ZapAuthenticator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Has new CURVE clients come at a steady rate, each of which is authenticated, sends one message
 * and goes. Every tenth is not in the store. Prints how many came, and how many were wrongly let in
 * or refused. Clients and server are in this process, so it does the cryptography of both.
 *
 * <p>Arguments: {@code [CLIENTS_A_SECOND [SECONDS]]}, 1000 and 30 by default.
 */
public final class CurveClients {
    private static final int KNOWN = 100;
    private static final int STRANGER_EACH = 10;
    private static final String STRANGER = "stranger";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private CurveClients() {}

    /**
     * Measures and prints.
     *
     * @param args clients a second, and seconds
     */
    public static void main(String[] args) throws Exception {
        int rate = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        List<Certificate> known = new ArrayList<>();
        for (int i = 0; i < KNOWN; i++) {
            known.add(Certificate.generate());
        }
        CurveKeyPair stranger = Curve.keyPair();
        CurveKeyPair serverKeys = Curve.keyPair();
        try (Context context = Context.builder().maxSockets(20_000).build();
                ZapAuthenticator authenticator =
                        ZapAuthenticator.builder(context)
                                .acceptCurve("load", CertificateStore.of(known))
                                .start();
                PullSocket server = context.pull()) {
            server.security().curveServer(serverKeys);
            server.security().authenticate("load");
            server.set(SocketOption.BACKLOG, 4096);
            SocketMonitor monitor = server.monitor();
            System.out.println(authenticator);
            String endpoint = server.bind("tcp://127.0.0.1:*");
            Deque<PushSocket> open = new ArrayDeque<>();
            int total = rate * seconds;
            int strangers = 0;
            int accepted = 0;
            int wronglyIn = 0;
            int refused = 0;
            long start = System.nanoTime();
            long deadline = Long.MAX_VALUE;
            int started = 0;
            while (started < total || accepted + refused < total) {
                long now = System.nanoTime() - start;
                if (started == total && deadline == Long.MAX_VALUE) {
                    deadline = now + PATIENCE.toNanos();
                } else if (now > deadline) {
                    break;
                }
                long due = Math.min(total, now * rate / 1_000_000_000L + 1);
                while (started < due) {
                    boolean isStranger = started % STRANGER_EACH == 0;
                    strangers += isStranger ? 1 : 0;
                    PushSocket client = context.push();
                    client.set(SocketOption.LINGER, PATIENCE);
                    // One that is refused would come again and again.
                    client.set(SocketOption.RECONNECT_IVL, SocketOption.FOREVER);
                    client.security()
                            .curveClient(
                                    serverKeys.publicKey(),
                                    isStranger ? stranger : known.get(started % KNOWN).keys());
                    client.connect(endpoint);
                    client.send(isStranger ? STRANGER : "known");
                    open.add(client);
                    started++;
                }
                try (Message message = Message.create()) {
                    while (server.tryReceive(message)) {
                        accepted++;
                        wronglyIn += message.contentEquals(STRANGER) ? 1 : 0;
                    }
                }
                for (var event = monitor.tryReceive();
                        event.isPresent();
                        event = monitor.tryReceive()) {
                    refused += event.get() instanceof MonitorEvent.AuthenticationFailed ? 1 : 0;
                }
                while (open.size() > rate) {
                    open.remove().close();
                }
                Thread.sleep(1);
            }
            double took = (System.nanoTime() - start) / 1e9;
            open.forEach(PushSocket::close);
            System.out.printf(
                    Locale.ROOT,
                    "%d clients in %.1f s, %.0f a second: %d let in (%d wrongly), %d refused of %d"
                            + " strangers, %d without an answer%n",
                    started,
                    took,
                    started / took,
                    accepted,
                    wronglyIn,
                    refused,
                    strangers,
                    started - accepted - refused);
            if (wronglyIn != 0 || refused != strangers || accepted != started - strangers) {
                System.exit(1);
            }
            monitor.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.scale;

import io.panamq.BulkReceiver;
import io.panamq.CloseReport;
import io.panamq.Context;
import io.panamq.Multipart;
import io.panamq.RouterSocket;
import io.panamq.SocketOption;
import io.panamq.bench.kit.Figures;
import io.panamq.bench.kit.JvmChild;
import io.panamq.bench.kit.ProcessStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The process of one run of {@link Peers}: a ROUTER, which starts the processes of its peers and
 * measures. It prints its figures as one line.
 *
 * <p>Arguments: number of peers, number of processes for them, backlog.
 */
final class PeersRouter {
    static final int SIZE = 128;
    private static final int MESSAGES = 300_000;
    private static final int ECHOES = 50_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final int peers;
    private final List<JvmChild> children = new ArrayList<>();
    private final Figures figures = new Figures();

    private PeersRouter(int peers) {
        this.peers = peers;
    }

    public static void main(String[] args) throws IOException {
        PeersRouter run = new PeersRouter(Integer.parseInt(args[0]));
        PeersWarmUp.run();
        try {
            run.measure(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        } finally {
            for (JvmChild child : run.children) {
                child.close();
            }
        }
        System.out.println(run.figures);
    }

    private void measure(int processes, int backlog) throws IOException {
        Context context = Context.create();
        RouterSocket router = context.router();
        router.set(SocketOption.BACKLOG, backlog);
        router.set(SocketOption.RCVTIMEO, PATIENCE);
        String endpoint = router.bind("tcp://127.0.0.1:*");
        int left = peers;
        for (int i = processes; i > 0; i--) {
            int share = left / i;
            left -= share;
            children.add(
                    new JvmChild(PeersDealers.class, ProcessStatus.FIXED_HEAP, endpoint, share));
        }
        for (JvmChild child : children) {
            child.answer(); // its sockets exist
        }
        try (Multipart message = Multipart.create()) {
            BulkReceiver receiver = router.bulkReceiver();
            connect(receiver, message);
            receive(receiver, message);
            echo(receiver, router, message);
        }
        closeAll(context);
    }

    private void connect(BulkReceiver receiver, Multipart message) throws IOException {
        ProcessStatus before = ProcessStatus.now();
        double cpu = ProcessStatus.cpuSeconds();
        long start = System.nanoTime();
        tellAll("connect");
        for (int i = 0; i < peers; i++) {
            receiveOne(receiver, message);
        }
        figures.put("connectSeconds", secondsSince(start));
        putCpu("connect", cpu, peers);
        ProcessStatus after = ProcessStatus.now();
        figures.put("rss", (after.rssBytes() - before.rssBytes()) / (double) peers);
        figures.put("heap", (after.heapBytes() - before.heapBytes()) / (double) peers);
        figures.put("fds", (after.descriptors() - before.descriptors()) / (double) peers);
        awaitAll();
    }

    private void receive(BulkReceiver receiver, Multipart message) throws IOException {
        int each = Math.max(1, MESSAGES / peers);
        double cpu = ProcessStatus.cpuSeconds();
        tellAll("send " + each);
        receiveOne(receiver, message);
        long start = System.nanoTime();
        for (int i = 1; i < each * peers; i++) {
            receiveOne(receiver, message);
        }
        figures.put("messagesPerSecond", each * peers / secondsSince(start));
        putCpu("receive", cpu, each * peers);
        awaitAll();
    }

    private void echo(BulkReceiver receiver, RouterSocket router, Multipart message)
            throws IOException {
        int each = Math.max(1, ECHOES / peers);
        double cpu = ProcessStatus.cpuSeconds();
        long start = System.nanoTime();
        tellAll("echo " + each);
        for (int i = 0; i < each * peers; i++) {
            receiveOne(receiver, message);
            router.send(message);
        }
        figures.put("echoesPerSecond", each * peers / secondsSince(start));
        putCpu("echo", cpu, each * peers);
        awaitAll();
    }

    private void closeAll(Context context) throws IOException {
        double cpu = ProcessStatus.cpuSeconds();
        long start = System.nanoTime();
        CloseReport report = context.close(PATIENCE);
        figures.put("closeSeconds", secondsSince(start));
        putCpu("close", cpu, peers);
        if (!report.terminated()) {
            throw new IllegalStateException("not closed in " + PATIENCE);
        }
        tellAll("close");
        List<Figures> sides = new ArrayList<>();
        for (JvmChild child : children) {
            sides.add(Figures.parse(child.answer()));
        }
        for (String name : PeersDealers.FIGURES) {
            figures.put("dealer." + name, Figures.mean(sides, name));
        }
    }

    private static void receiveOne(BulkReceiver receiver, Multipart message) {
        if (!receiver.receive(message)) {
            throw new IllegalStateException("no message within " + PATIENCE);
        }
    }

    /** Puts the processor time of this process in microseconds for each peer or message. */
    private void putCpu(String phase, double before, int count) {
        figures.put(phase + "Cpu", (ProcessStatus.cpuSeconds() - before) * 1e6 / count);
    }

    private void tellAll(String order) {
        children.forEach(child -> child.tell(order));
    }

    private void awaitAll() throws IOException {
        for (JvmChild child : children) {
            child.answer();
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}

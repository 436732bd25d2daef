// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.Internals;
import io.panamq.PairSocket;
import io.panamq.Poller;
import io.panamq.internal.poll.PollMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** Gives each test a poller with one of the ways to poll, and pairs of sockets to poll. */
public abstract class WithPoller extends WithContext {
    public final PollMethod method;
    public final List<PairSocket> sockets = new ArrayList<>();

    /** The other ends of the sockets. */
    public final List<PairSocket> peers = new ArrayList<>();

    public Poller poller;

    public WithPoller(PollMethod method) {
        this.method = method;
    }

    /** Returns the ways to poll that are present here. */
    public static Stream<PollMethod> methods() {
        return Arrays.stream(PollMethod.values()).filter(PollMethod::isPresent);
    }

    @BeforeEach
    protected void open() {
        poller = Internals.poller(context, method);
    }

    /** Returns a new socket that has a peer. */
    protected PairSocket pair() {
        PairSocket socket = context.pair();
        PairSocket peer = context.pair();
        peer.connect(socket.bind(Transport.INPROC.fresh()));
        sockets.add(socket);
        peers.add(peer);
        return socket;
    }

    /** Returns the attachments of what is ready, sorted. */
    protected List<Object> found(int ready) {
        List<Object> attachments = new ArrayList<>();
        for (int i = 0; i < ready; i++) {
            attachments.add(poller.ready().get(i).attachment());
        }
        assertThat(attachments).doesNotHaveDuplicates();
        attachments.sort(Comparator.comparing(Object::toString, WithPoller::compareNumbers));
        return attachments;
    }

    private static int compareNumbers(String one, String two) {
        return one.length() == two.length() ? one.compareTo(two) : one.length() - two.length();
    }

    /** Starts a task, and waits until it is in a poll. */
    protected static <T> Background<T> blocked(Callable<T> callable) {
        var background = Background.start(callable);
        Deadline.until("thread waits in a poll", () -> isPolling(background.thread()));
        return background;
    }

    protected static boolean isPolling(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("look"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.internal.poll.PollMethod;
import io.panamq.support.Deadline;
import io.panamq.support.Fifo;
import io.panamq.support.Transport;
import io.panamq.support.WithPoller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the items of a poller: attachments, actions, pauses, and the list of the ready ones. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.panamq.support.WithPoller#methods")
class PollItemTest extends WithPoller {
    private final List<String> runs = new ArrayList<>();

    PollItemTest(PollMethod method) {
        super(method);
    }

    /** Registers a socket whose peer has sent something, with an action that notes its name. */
    private PollItem busy(String name) {
        PollItem item = poller.add(pair(), PollEvent.IN);
        peers.getLast().send(name);
        return item.onReady(() -> runs.add(name));
    }

    private void runAll() {
        for (PollItem item : poller.ready()) {
            item.run();
        }
    }

    // ---- attachments

    @Test
    void shouldReturnWhatWasAttachedLast() {
        PollItem item = poller.add(pair(), PollEvent.IN);
        assertThat(item.attachment()).isNull();

        assertThat(item.attach("a")).isSameAs(item);
        assertThat(item.attachment()).isEqualTo("a");
        item.attach(List.of());
        assertThat(item.attachment()).isEqualTo(List.of());
        item.remove();
        assertThat(item.attachment()).as("after it was removed").isEqualTo(List.of());
    }

    /** It would be the mistake of poller.add(socket, attachment) in other libraries. */
    @Test
    void shouldRefuseAnEventAsAnAttachment() {
        PollItem item = poller.add(pair(), PollEvent.IN).attach("kept");

        assertThatThrownBy(() -> item.attach(PollEvent.OUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OUT is no attachment")
                .hasMessageContaining("add or watch");
        assertThatThrownBy(() -> item.attach(null)).isInstanceOf(NullPointerException.class);
        assertThat(item.attachment()).isEqualTo("kept");
    }

    // ---- actions

    @Test
    void shouldRunTheActionsOfWhatIsReadyOnly() {
        busy("a");
        PollItem idle = poller.add(pair(), PollEvent.IN);
        idle.onReady(() -> runs.add("idle"));
        assertThat(busy("b").onReady(() -> runs.add("b again"))).isInstanceOf(PollItem.class);

        assertThat(poller.poll()).isEqualTo(2);
        runAll();
        idle.run();

        Collections.sort(runs);
        assertThat(runs).containsExactly("a", "b again");
    }

    @Test
    void shouldRunTheActionOfAMonitor() {
        PairSocket socket = pair();
        try (SocketMonitor monitor = socket.monitor()) {
            poller.add(monitor)
                    .onReady(() -> runs.add(monitor.receive().getClass().getSimpleName()));
            socket.bind(Transport.TCP.fresh());

            assertThat(poller.poll(Deadline.LIMIT)).isOne();
            runAll();

            assertThat(runs).containsExactly("Listening");
        }
    }

    @Test
    void shouldSayThatItHasNoAction() {
        PollItem item = poller.add(pair(), PollEvent.IN).attach("a");
        peers.getLast().send("x");
        assertThat(poller.poll()).isOne();

        assertThatThrownBy(item::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no action")
                .hasMessageContaining("onReady");
        assertThatThrownBy(() -> item.onReady(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void shouldPassOnWhatAnActionThrowsAndStayUsable() {
        PollItem item =
                busy("a")
                        .onReady(
                                () -> {
                                    throw new UnsupportedOperationException("on purpose");
                                });
        assertThat(poller.poll()).isOne();
        assertThatThrownBy(this::runAll).hasMessage("on purpose");

        item.onReady(() -> runs.add("better"));
        assertThat(poller.poll()).isOne();
        runAll();
        assertThat(runs).containsExactly("better");
    }

    @Test
    void shouldNotRunTheActionOfWhatWasRemovedOrClosedMeanwhile() {
        PollItem removed = busy("removed");
        PollItem closed = busy("closed");
        PairSocket socket = sockets.getLast();
        assertThat(poller.poll()).isEqualTo(2);

        removed.remove();
        socket.close();
        runAll();

        assertThat(runs).isEmpty();
        assertThat(poller.tryPoll()).as("the closed one is reported").isOne();
        assertThat(poller.ready().get(0)).isSameAs(closed);
        assertThat(closed.isClosed()).isTrue();
        runAll();
        assertThat(runs).isEmpty();
    }

    /** Whichever comes first ends all others. */
    @Test
    void shouldLetAnActionEndAndPauseItselfAndOthers() {
        for (int i = 0; i < 6; i++) {
            busy(String.valueOf(i));
        }
        assertThat(poller.poll()).isEqualTo(6);
        List<PollItem> all = List.copyOf(poller.ready());
        for (PollItem item : all) {
            item.onReady(
                    () -> {
                        runs.add("first");
                        item.pause();
                        all.get(0).remove();
                        all.get(1).socket().close();
                        all.subList(2, 6).forEach(other -> other.remove());
                    });
        }
        runAll();

        assertThat(runs).containsExactly("first");
        assertThat(poller.size()).as("the closed one").isOne();
        assertThat(poller.tryPoll()).isOne();
        assertThat(poller.tryPoll()).isZero();
    }

    @Test
    void shouldPollInAnAction() {
        busy("a").onReady(() -> runs.add("polled " + poller.tryPoll()));
        assertThat(poller.poll()).isOne();

        runAll();

        assertThat(runs).containsExactly("polled 1");
    }

    // ---- pauses

    @Test
    void shouldWaitForNothingUntilItResumes() {
        PollItem item = poller.add(pair(), PollEvent.IN, PollEvent.OUT);
        peers.getLast().send("x");
        assertThat(poller.poll()).isOne();
        for (int i = 0; i < 3; i++) {
            item.pause();
            item.pause();
            assertThat(poller.tryPoll()).isZero();
            assertThat(poller.poll(Duration.ofMillis(1))).isZero();
            assertThat(item.isRegistered()).isTrue();
            assertThat(poller.size()).isOne();

            item.resume();
            item.resume();
            assertThat(poller.poll()).isOne();
            assertThat(item.isReadable()).isTrue();
            assertThat(item.isWritable()).isTrue();
        }
    }

    @Test
    void shouldResumeWithWhatItWatchedLast() {
        PollItem item = poller.add(pair(), PollEvent.IN);
        peers.getLast().send("x");
        item.watch(PollEvent.OUT);
        item.pause();
        item.resume();
        assertThat(poller.poll()).isOne();
        assertThat(item.isReadable()).isFalse();
        assertThat(item.isWritable()).isTrue();

        item.pause();
        item.watch(PollEvent.IN);
        assertThat(poller.poll()).as("watch ends a pause").isOne();
        assertThat(item.isReadable()).isTrue();
        item.pause();
        assertThatThrownBy(() -> item.watch(PollEvent.IN, PollEvent.ERROR))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(poller.tryPoll()).as("still paused").isZero();
        item.resume();
        assertThat(poller.poll()).isOne();
        assertThat(item.isWritable()).isFalse();
    }

    @Test
    void shouldNotPauseWhatIsNotRegistered() {
        PollItem removed = poller.add(pair(), PollEvent.IN);
        removed.remove();
        PollItem closed = poller.add(pair(), PollEvent.IN);
        sockets.getLast().close();
        for (PollItem item : List.of(removed, closed)) {
            assertThatThrownBy(item::pause).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(item::resume).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> item.watch(PollEvent.IN))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void shouldPauseAFileDescriptor() throws Exception {
        try (Fifo fifo = new Fifo()) {
            PollItem item = poller.add(fifo.fd(), PollEvent.IN, PollEvent.PRIORITY);
            fifo.write();
            assertThat(poller.poll(Deadline.LIMIT)).isOne();
            item.pause();
            assertThat(poller.tryPoll()).isZero();
            item.resume();
            assertThat(poller.poll(Deadline.LIMIT)).isOne();
            assertThat(item.isReadable()).isTrue();
        }
    }

    // ---- the list

    @Test
    void shouldListWhatTheLastPollFound() {
        List<PollItem> ready = poller.ready();
        assertThat(ready).isEmpty();
        PollItem a = busy("a");
        PollItem b = busy("b");
        assertThat(ready).as("not polled yet").isEmpty();

        assertThat(poller.poll()).isEqualTo(2);
        assertThat(ready).containsExactlyInAnyOrder(a, b);
        assertThat(poller.ready()).isSameAs(ready);

        sockets.get(0).receiveString();
        assertThat(ready).as("until the next poll").hasSize(2);
        assertThat(poller.tryPoll()).isOne();
        assertThat(ready).containsExactly(b);
        b.remove();
        assertThat(ready).as("removed meanwhile").containsExactly(b);
        assertThat(b.isReadable()).isFalse();
        assertThat(poller.tryPoll()).isZero();
        assertThat(ready).isEmpty();
    }

    @Test
    void shouldNotBeChangedThroughItsList() {
        PollItem item = busy("a");
        assertThat(poller.poll()).isOne();
        List<PollItem> ready = poller.ready();

        assertThatThrownBy(() -> ready.add(item)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ready.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ready.set(0, item))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(ready::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ready.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ready.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        Iterator<PollItem> iterator = ready.iterator();
        assertThat(iterator.next()).isSameAs(item);
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    // ---- registrations

    @Test
    void shouldRefuseMissingEvents() {
        PairSocket socket = pair();
        PollEvent none = null;

        assertThatThrownBy(() -> poller.add(socket, none)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> poller.add(socket, PollEvent.IN, none))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> poller.add(0, none)).isInstanceOf(NullPointerException.class);
        assertThat(poller.size()).isZero();
        assertThat(poller.add(socket, PollEvent.IN, PollEvent.IN).isRegistered())
                .as("the same event twice is no mistake")
                .isTrue();
    }

    @Test
    void shouldRefuseWhatCanNeverCome() {
        for (Socket sender : List.of(context.push(), context.pub())) {
            assertThatThrownBy(() -> poller.add(sender, PollEvent.IN))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot receive: IN would never come");
            PollItem item = poller.add(sender, PollEvent.OUT);
            assertThatThrownBy(() -> item.watch(PollEvent.OUT, PollEvent.IN))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (Socket receiver : List.of(context.pull(), context.sub())) {
            assertThatThrownBy(() -> poller.add(receiver, PollEvent.OUT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot send: OUT would never come");
        }
    }
}

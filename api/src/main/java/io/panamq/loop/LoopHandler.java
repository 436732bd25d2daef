// SPDX-License-Identifier: Apache-2.0
package io.panamq.loop;

import io.panamq.Message;
import io.panamq.MonitorEvent;
import io.panamq.Multipart;
import io.panamq.PollItem;
import io.panamq.ReceivingSocket;
import io.panamq.internal.poll.PollSecrets;
import java.util.Objects;
import java.util.function.Consumer;

/** Serves one of the sockets of an event loop. On the loop's thread only. */
abstract class LoopHandler {
    final LoopCore core;

    LoopHandler(LoopCore core) {
        this.core = core;
    }

    /** Returns the handler of an item of a loop. */
    static LoopHandler of(PollItem item) {
        return (LoopHandler) PollSecrets.loopHandler(item);
    }

    /** Takes a turn, of at most so many messages. What it throws is reported. */
    abstract void onReady(PollItem item, int most);

    /** Learns that the socket was closed, by any thread, while it was registered. */
    void onClosed(PollItem item) {}

    /**
     * Learns that the loop serves the socket no more. At the end of the loop, which closes the
     * socket right after this, it may be called again. Must not throw.
     */
    void onEnd() {}

    /** Returns, while the loop drains, whether it must not end yet: there is something to send. */
    boolean isBusy() {
        return false;
    }

    /** Returns whether a turn may go on. */
    final boolean goesOn(PollItem item) {
        return item.isRegistered() && !core.isAbandoning();
    }

    /** Calls a handler, and reports what it throws, which ends nothing. */
    final <T> void call(Consumer<? super T> handler, T argument) {
        try {
            handler.accept(argument);
        } catch (Throwable e) {
            core.report(e);
        }
    }

    /** Calls the handler of {@code onReady}. */
    static final class Ready extends LoopHandler {
        private final Consumer<? super PollItem> handler;

        Ready(LoopCore core, Consumer<? super PollItem> handler) {
            super(core);
            this.handler = handler;
        }

        @Override
        void onReady(PollItem item, int most) {
            call(handler, item);
        }

        @Override
        void onClosed(PollItem item) {
            call(handler, item);
        }
    }

    /** Receives one thing after the other. */
    private abstract static class Receiving extends LoopHandler {
        Receiving(LoopCore core) {
            super(core);
        }

        @Override
        final void onReady(PollItem item, int most) {
            boolean more = true;
            for (int i = 0; more && i < most && goesOn(item); i++) {
                more = next(item);
            }
        }

        /** Receives and handles one. Returns false if there is none. */
        abstract boolean next(PollItem item);
    }

    /** Calls the handler of {@code onMessage}. */
    static final class Frames extends Receiving {
        private final Consumer<? super Message> handler;

        Frames(LoopCore core, Consumer<? super Message> handler) {
            super(core);
            this.handler = handler;
        }

        @Override
        boolean next(PollItem item) {
            Message message = core.scratch.message();
            if (!receiver(item).tryReceive(message)) {
                return false;
            }
            call(handler, message);
            return true;
        }
    }

    private static ReceivingSocket receiver(PollItem item) {
        return (ReceivingSocket) Objects.requireNonNull(item.socket());
    }

    /** Calls the handler of {@code onMultipart}. */
    static final class Multiparts extends Receiving {
        private final Consumer<? super Multipart> handler;

        Multiparts(LoopCore core, Consumer<? super Multipart> handler) {
            super(core);
            this.handler = handler;
        }

        @Override
        boolean next(PollItem item) {
            Multipart multipart = core.scratch.multipart();
            if (!receiver(item).bulkReceiver().tryReceive(multipart)) {
                return false;
            }
            call(handler, multipart);
            core.scratch.clear();
            return true;
        }
    }

    /** Calls the handler of {@code onEvent}. */
    static final class Events extends Receiving {
        private final Consumer<? super MonitorEvent> handler;

        Events(LoopCore core, Consumer<? super MonitorEvent> handler) {
            super(core);
            this.handler = handler;
        }

        @Override
        boolean next(PollItem item) {
            MonitorEvent event = Objects.requireNonNull(item.monitor()).tryReceive().orElse(null);
            if (event == null) {
                return false;
            }
            call(handler, event);
            if (event instanceof MonitorEvent.MonitorStopped) {
                item.monitor().close();
            }
            return true;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import java.util.function.Consumer;

/** What an event loop does for one of its sockets. On the loop's thread only. */
abstract class LoopHandler {
    final EventLoop loop;

    LoopHandler(EventLoop loop) {
        this.loop = loop;
    }

    /** Its turn: at most so many messages. What it throws is reported. */
    abstract void ready(PollItem item, int most);

    /** Its socket was closed while it was registered, by whatever thread. */
    void closed(PollItem item) {}

    /** The loop ends, and closes the socket right after this. Must not throw. */
    void ended(PollItem item) {}

    /** While the loop drains: whether there is something to send that it must not end without. */
    boolean isBusy() {
        return false;
    }

    /** Whether a turn may go on. */
    final boolean goesOn(PollItem item) {
        return item.isRegistered() && !loop.isAbandoning();
    }

    /** Says what failed; a handler's failure ends nothing. */
    final <T> void call(Consumer<? super T> handler, T argument) {
        try {
            handler.accept(argument);
        } catch (Throwable e) {
            loop.report(e);
        }
    }

    /** For {@code onReady}. */
    static final class Ready extends LoopHandler {
        private final Consumer<? super PollItem> handler;

        Ready(EventLoop loop, Consumer<? super PollItem> handler) {
            super(loop);
            this.handler = handler;
        }

        @Override
        void ready(PollItem item, int most) {
            call(handler, item);
        }

        @Override
        void closed(PollItem item) {
            call(handler, item);
        }
    }

    /** Handles what comes in, one after the other. */
    private abstract static class Receiving extends LoopHandler {
        Receiving(EventLoop loop) {
            super(loop);
        }

        @Override
        final void ready(PollItem item, int most) {
            boolean more = true;
            for (int i = 0; more && i < most && goesOn(item); i++) {
                more = next(item);
            }
        }

        /** One of them; false if there is none. */
        abstract boolean next(PollItem item);

        @Override
        void closed(PollItem item) {
            ended(item);
        }
    }

    /** For {@code onMessage}. */
    static final class Frames extends Receiving {
        private final Consumer<? super Message> handler;

        Frames(EventLoop loop, Consumer<? super Message> handler) {
            super(loop);
            this.handler = handler;
        }

        @Override
        boolean next(PollItem item) {
            Message message = loop.frames.message();
            if (!((Receiver) item.socket()).tryReceive(message)) {
                return false;
            }
            call(handler, message);
            return true;
        }
    }

    /** For {@code onMultipart}. */
    static final class Multiparts extends Receiving {
        private final Consumer<? super Multipart> handler;

        Multiparts(EventLoop loop, Consumer<? super Multipart> handler) {
            super(loop);
            this.handler = handler;
        }

        @Override
        boolean next(PollItem item) {
            Multipart multipart = loop.frames.multipart();
            if (!((Receiver) item.socket()).tryReceive(multipart)) {
                return false;
            }
            call(handler, multipart);
            loop.frames.handled(multipart);
            return true;
        }
    }

    /** For {@code onEvent}. */
    static final class Events extends Receiving {
        private final Consumer<? super MonitorEvent> handler;

        Events(EventLoop loop, Consumer<? super MonitorEvent> handler) {
            super(loop);
            this.handler = handler;
        }

        @Override
        boolean next(PollItem item) {
            MonitorEvent event = item.monitor().tryReceive().orElse(null);
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

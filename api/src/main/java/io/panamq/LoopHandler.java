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

    /** For {@code onMessage}. */
    static final class Frames extends LoopHandler {
        private final Consumer<? super Message> handler;

        Frames(EventLoop loop, Consumer<? super Message> handler) {
            super(loop);
            this.handler = handler;
        }

        @Override
        void ready(PollItem item, int most) {
            var receiver = (Receiver) item.socket();
            for (int i = 0; i < most && item.isRegistered(); i++) {
                Message message = loop.frames.message();
                if (!receiver.tryReceive(message)) {
                    return;
                }
                call(handler, message);
            }
        }
    }

    /** For {@code onMultipart}. */
    static final class Multiparts extends LoopHandler {
        private final Consumer<? super Multipart> handler;

        Multiparts(EventLoop loop, Consumer<? super Multipart> handler) {
            super(loop);
            this.handler = handler;
        }

        @Override
        void ready(PollItem item, int most) {
            var receiver = (Receiver) item.socket();
            for (int i = 0; i < most && item.isRegistered(); i++) {
                Multipart multipart = loop.frames.multipart();
                if (!receiver.tryReceive(multipart)) {
                    return;
                }
                call(handler, multipart);
                loop.frames.handled(multipart);
            }
        }
    }

    /** For {@code onEvent}. */
    static final class Events extends LoopHandler {
        private final Consumer<? super MonitorEvent> handler;

        Events(EventLoop loop, Consumer<? super MonitorEvent> handler) {
            super(loop);
            this.handler = handler;
        }

        @Override
        void ready(PollItem item, int most) {
            for (int i = 0; i < most && item.isRegistered(); i++) {
                MonitorEvent event = item.monitor().tryReceive().orElse(null);
                if (event == null) {
                    return;
                }
                call(handler, event);
                if (event instanceof MonitorEvent.MonitorStopped) {
                    item.monitor().close();
                }
            }
        }
    }
}

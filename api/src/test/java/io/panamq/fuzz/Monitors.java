// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.MonitorEvent;
import io.panamq.Socket;
import io.panamq.SocketMonitor;
import io.panamq.XPubSocket;
import java.util.List;

/** Uses monitors, which end before and after their sockets. */
final class Monitors {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("monitor-open", 5, Monitors::open),
                    Operation.legal("monitor-receive", 12, Monitors::receive),
                    Operation.legal("monitor-blocked", 3, Monitors::blocked),
                    Operation.legal("monitor-await", 4, Monitors::await),
                    Operation.legal("subscribers-await", 3, Monitors::subscribers),
                    Operation.legal(
                            "monitor-statistics",
                            8,
                            worker -> worker.note(monitor(worker).requestPipeStatistics())),
                    Operation.legal("monitor-release", 4, worker -> monitor(worker).handOver()),
                    Operation.legal("monitor-cancel", 2, worker -> monitor(worker).cancel()),
                    Operation.legal("monitor-close", 3, worker -> monitor(worker).close()));

    private Monitors() {}

    private static SocketMonitor open(Worker worker) {
        Socket socket = worker.socket();
        SocketMonitor monitor = socket.monitor();
        worker.world.homes.put(monitor, socket.context());
        worker.put(worker.world.monitors, monitor);
        return monitor;
    }

    static SocketMonitor monitor(Worker worker) {
        SocketMonitor monitor = worker.pick(worker.world.monitors);
        if (monitor == null || (monitor.isClosed() && !worker.draw.oneIn(4))) {
            return open(worker);
        }
        return worker.note(monitor);
    }

    private static void receive(Worker worker) {
        SocketMonitor monitor = monitor(worker);
        var event =
                worker.draw.coin() ? monitor.tryReceive() : monitor.receive(worker.draw.anyWait());
        event.ifPresent(each -> note(worker, each));
    }

    private static void note(Worker worker, MonitorEvent event) {
        worker.note(event.local() + event.remote() + event + event.connection());
        if (event instanceof MonitorEvent.HandshakeFailure failure) {
            worker.note(failure.reason());
        }
    }

    private static void blocked(Worker worker) {
        SocketMonitor monitor = monitor(worker);
        worker.rescue().of(worker.world.homes.get(monitor), monitor::close, monitor::cancel);
        worker.note(monitor.receive());
    }

    private static void await(Worker worker) {
        SocketMonitor monitor = monitor(worker);
        if (worker.draw.coin()) {
            worker.note(monitor.awaitConnected(worker.draw.anyWait()));
        } else {
            worker.note(monitor.awaitPeers(worker.draw.below(4), worker.draw.anyWait()));
        }
    }

    private static void subscribers(Worker worker) {
        if (worker.socket() instanceof XPubSocket xpub) {
            xpub.awaitSubscriptions(worker.draw.below(3), worker.draw.anyWait());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import io.panamq.internal.error.Failures;
import io.panamq.internal.poll.PollSecrets;
import io.panamq.internal.socket.Timeout;
import java.util.ArrayList;
import java.util.List;

/** A proxy that runs: forwards on all routes, and waits in a poller while none can go on. */
final class ProxyRun {
    private final Proxy proxy;
    private final Poller poller;
    private final List<ProxySide> sides = new ArrayList<>();
    private final List<ProxyRoute> routes = new ArrayList<>();

    /** Makes the run, on its thread. The sockets must be free, or of this thread. */
    ProxyRun(Proxy proxy, Poller poller) {
        this.proxy = proxy;
        this.poller = poller;
        ProxySide frontend = side(proxy.frontend);
        ProxySide backend = proxy.backend == proxy.frontend ? frontend : side(proxy.backend);
        ProxySide capture = proxy.capture == null ? null : side(proxy.capture);
        if (proxy.forth != null) {
            routes.add(new ProxyRoute(proxy.forth, frontend, backend, capture));
        }
        if (proxy.back != null) {
            routes.add(new ProxyRoute(proxy.back, backend, frontend, capture));
        }
    }

    private ProxySide side(BaseSocket socket) {
        ProxySide side = new ProxySide(poller, socket);
        sides.add(side);
        return side;
    }

    /** Forwards until the proxy is terminated. */
    void forward() {
        while (!proxy.isTerminated()) {
            if (Thread.currentThread().isInterrupted()) {
                throw Failures.interrupted(Proxy.RUN, proxy.frontend.toString());
            }
            await(proxy.isPaused() ? Timeout.FOREVER : forwardBursts());
        }
    }

    /** Forwards a burst on each route. Returns how long a poll may then wait, in nanoseconds. */
    private long forwardBursts() {
        long patience = Timeout.FOREVER;
        for (int i = 0; i < routes.size(); i++) {
            ProxyRoute route = routes.get(i);
            route.forward();
            patience = Math.min(patience, route.want());
        }
        return patience;
    }

    private void await(long patience) {
        for (int i = 0; i < sides.size(); i++) {
            sides.get(i).watch();
        }
        int ignored = PollSecrets.poll(poller, patience);
        for (int i = 0; i < sides.size(); i++) {
            sides.get(i).checkOpen();
        }
    }
}

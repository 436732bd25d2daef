// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Context;
import io.panamq.Proxy;
import io.panamq.Socket;
import java.util.List;

/** Runs proxies between any sockets, and ends and closes them at any time. */
final class Proxies {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("proxy-run", 4, Proxies::run),
                    Operation.legal("proxy-start", 2, Proxies::start),
                    Operation.legal("proxy-steer", 6, Proxies::steer),
                    Operation.illegal("proxy-null", 1, Proxies::passNull)
                            .orThrow(NullPointerException.class));

    private Proxies() {}

    private static Proxy open(Worker worker) {
        Proxy proxy = worker.draw.oneIn(4) ? anySockets(worker) : connected(worker);
        if (worker.draw.oneIn(4)) {
            proxy = proxy.capture(worker.sender());
        }
        worker.put(worker.world.proxies, proxy);
        return worker.note(proxy);
    }

    /** Between sockets whose peers the workers have, so that messages come and go. */
    private static Proxy connected(Worker worker) {
        Context context = worker.context();
        Socket[] one = Sockets.pair(worker, context);
        Socket[] other = Sockets.pair(worker, context);
        return Proxy.between(one[worker.draw.below(2)], other[worker.draw.below(2)]);
    }

    private static Proxy anySockets(Worker worker) {
        return worker.draw.coin()
                ? Proxy.between(worker.socket(), worker.socket())
                : Proxy.from(worker.receiver()).to(worker.sender());
    }

    private static void run(Worker worker) {
        Proxy proxy = open(worker);
        worker.rescue().of(worker.context(), proxy::terminate, proxy::terminate);
        worker.later(2_000, proxy::terminate); // the context may be another one
        proxy.run();
    }

    private static void start(Worker worker) {
        Proxy proxy = open(worker);
        Thread thread = proxy.start();
        thread.setUncaughtExceptionHandler(
                (ignored, thrown) -> {
                    if (!ALL.get(0).expects(thrown)) {
                        worker.report("a proxy", thrown);
                    }
                });
        worker.world.others.add(
                () -> {
                    proxy.terminate();
                    try {
                        thread.join();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        worker.later(worker.draw.below(5_000), proxy::terminate);
    }

    private static void steer(Worker worker) {
        Proxy proxy = worker.pick(worker.world.proxies);
        if (proxy == null) {
            proxy = open(worker);
        }
        switch (worker.draw.below(6)) {
            case 0 -> proxy.pause();
            case 1, 2 -> proxy.resume();
            case 3 -> proxy.terminate();
            default -> worker.note(proxy.statistics());
        }
    }

    private static void passNull(Worker worker) {
        Proxy ignored =
                switch (worker.draw.below(4)) {
                    case 0 -> Proxy.between(null, worker.socket());
                    case 1 -> Proxy.between(worker.socket(), null);
                    case 2 -> Proxy.from(worker.receiver()).to(null);
                    default -> open(worker).capture(null);
                };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.util.concurrent.CompletableFuture;

/** What the threads of a worker tell one another. */
final class Signals {
    /** The endpoint of the binding side, once it is bound. */
    final CompletableFuture<String> endpoint = new CompletableFuture<>();

    /** Whether the sender should end. */
    volatile boolean stop;

    /** Whether the sender has ended. */
    volatile boolean done;
}

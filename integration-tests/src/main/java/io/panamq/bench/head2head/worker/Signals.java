// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.worker;

import java.util.concurrent.CompletableFuture;

/** What the threads of a worker tell each other. */
final class Signals {
    /** Where the binding side is. */
    final CompletableFuture<String> endpoint = new CompletableFuture<>();

    /** The sender should end. */
    volatile boolean stop;

    /** The sender has ended. */
    volatile boolean done;
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.io.IOException;

/** All workers of a run, numbered from 1. */
interface Workers extends AutoCloseable {

    /** Starts all workers. The sink gets a notice when a worker ends, whatever the cause. */
    void start() throws IOException;

    /** Returns the name of a worker for people. */
    String describe(int id);

    /** Says why a worker has ended unasked. */
    String describeEnd(int id, long exitCode);

    /** Ends the workers that still run, and waits for their end. */
    @Override
    void close();
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.io.IOException;

/** All workers of a run, numbered from 1. */
interface Workers extends AutoCloseable {

    /** Starts them; each one's end is told to the sink, whatever the cause. */
    void start() throws IOException;

    /** Names a worker for people. */
    String describe(int id);

    /** Says why a worker ended without being asked to. */
    String describeEnd(int id, long exitCode);

    /** Ends what still runs, and waits for it. */
    @Override
    void close();
}

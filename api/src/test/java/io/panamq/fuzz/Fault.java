// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Context;
import io.panamq.Message;
import io.panamq.PullSocket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Faults that a test plants as one more operation, to check that the fuzzer sees them. */
enum Fault {
    FILE("files left open") {
        @Override
        void strike(Worker worker) throws IOException {
            LOST.add(FileChannel.open(Path.of("/dev/null")));
        }
    },
    SLOT("message slots in use: 0 before, now ") {
        @Override
        void strike(Worker worker) {
            Message.create();
        }
    },
    WRAPPED("wrapped messages are held") {
        @Override
        void strike(Worker worker) {
            Message.wrap(Arena.global().allocate(100), () -> {});
        }
    },
    MEMORY("memory grew by ") {
        @Override
        void strike(Worker worker) {
            Arena.global().allocate(1 << 20).fill((byte) 1);
        }
    },
    CONTEXT("files left open") {
        @Override
        void strike(Worker worker) {
            LOST.add(Context.create().pair());
        }
    },
    EXCEPTION(" fault: java.lang.AssertionError: planted") {
        @Override
        void strike(Worker worker) {
            throw new AssertionError("planted");
        }
    },
    HANG("HANG: fuzz-") {
        @Override
        void strike(Worker worker) {
            while (true) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    // The interrupt does not end this wait.
                }
            }
        }
    },
    /** Plants a wait that nobody ends. */
    LOST_END("fault, episode 0, which c") {
        @Override
        void strike(Worker worker) {
            try (Context context = Context.create();
                    PullSocket pull = context.pull()) {
                Runnable lost = () -> {};
                worker.rescue().of(context, lost, lost);
                pull.receive();
            }
        }
    },
    ABORT("CRASH: signal 6") {
        @Override
        void strike(Worker worker) throws IOException, InterruptedException {
            String self = String.valueOf(ProcessHandle.current().pid());
            new ProcessBuilder("kill", "-ABRT", self).start().waitFor();
        }
    },
    SEGMENTATION("SIGSEGV") {
        @Override
        @SuppressWarnings("restricted") // on purpose
        void strike(Worker worker) {
            MemorySegment nothing = MemorySegment.ofAddress(64).reinterpret(8);
            worker.note(nothing.get(ValueLayout.JAVA_LONG, 0));
        }
    };

    /** The system property that names the fault to plant. */
    static final String PROPERTY = "panamq.fuzz.fault";

    /** The operation of the planted fault; empty if there is none. */
    static final List<Operation> PLANTED = planted();

    private static final Queue<Object> LOST = new ConcurrentLinkedQueue<>();

    /** What the report must contain. */
    final String report;

    Fault(String report) {
        this.report = report;
    }

    abstract void strike(Worker worker) throws Exception;

    private static List<Operation> planted() {
        String name = System.getProperty(PROPERTY);
        return name == null
                ? List.of()
                : List.of(Operation.illegal("fault", 20, valueOf(name)::strike));
    }
}

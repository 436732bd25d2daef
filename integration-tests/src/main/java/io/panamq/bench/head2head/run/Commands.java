// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

import io.panamq.Capability;
import io.panamq.Zmq;
import io.panamq.bench.head2head.model.Contender;
import io.panamq.bench.head2head.model.Settings;
import io.panamq.bench.head2head.worker.Worker;
import io.panamq.bench.kit.JvmChild;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Knows the command that starts each contender, and why one is absent. */
public final class Commands {
    private final Map<Contender, List<String>> commands = new EnumMap<>(Contender.class);
    private final Map<Contender, String> absent = new EnumMap<>(Contender.class);

    /**
     * Looks for the libraries and programs that the contenders need.
     *
     * @param settings says who takes part
     * @param c the C contenders' program
     * @param systemLibrary the name or path of the system's libzmq
     */
    public Commands(Settings settings, CWorker c, String systemLibrary) {
        int batch = settings.batchSize() == 0 ? Settings.PANAMQ_BATCH_SIZE : settings.batchSize();
        String io = "io=" + settings.ioThreads();
        // Only a library with drafts knows batch sizes; on another one PanaMQ does not set them.
        String cBatch = "batch=" + (Zmq.has(Capability.DRAFT) ? batch : 0);
        String panaBatch = "batch=" + settings.batchSize();
        commands.put(Contender.PANAMQ, java("panamq", panaBatch, io));
        commands.put(Contender.PANAMQ_BATCH, java("panamq-batch", panaBatch, io));
        commands.put(Contender.JEROMQ, java("jeromq"));
        commands.put(Contender.SOCKET, java("socket"));
        if (c.problem() != null) {
            absent.put(Contender.C, c.problem());
            absent.put(Contender.C_SYSTEM, c.problem());
            return;
        }
        commands.put(Contender.C, c.command(Zmq.libraryPath(), cBatch, io));
        if (settings.takesPart(Contender.C_SYSTEM)) {
            commands.put(Contender.C_SYSTEM, c.command(systemLibrary));
            if (c.probe(systemLibrary) == null) {
                absent.put(Contender.C_SYSTEM, "no " + systemLibrary);
            }
        }
    }

    /** Returns why a contender cannot be measured here, or null if it can. */
    public String absence(Contender contender) {
        return absent.get(contender);
    }

    /** Returns program and arguments. */
    List<String> of(Contender contender) {
        return commands.get(contender);
    }

    private static List<String> java(String contender, String... arguments) {
        List<String> options = new ArrayList<>();
        System.getProperties()
                .forEach(
                        (key, value) -> {
                            // The worker has to load the same libzmq as this process.
                            if (key.toString().startsWith("panamq.")) {
                                options.add("-D" + key + "=" + value);
                            }
                        });
        List<String> command = JvmChild.command(Worker.class, options, "contender=" + contender);
        command.addAll(List.of(arguments));
        return command;
    }
}

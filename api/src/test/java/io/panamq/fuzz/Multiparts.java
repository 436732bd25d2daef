// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Message;
import io.panamq.Multipart;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Uses messages of several frames. */
final class Multiparts {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("multipart-make", 8, w -> w.keep(random(w))),
                    Operation.legal("multipart-add", 10, w -> fill(w, w.multipart())),
                    Operation.legal("multipart-add-message", 8, Multiparts::addMessage),
                    Operation.legal("multipart-get", 8, Multiparts::get)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("multipart-read", 8, Multiparts::read)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("multipart-remove", 8, Multiparts::remove)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("multipart-set", 6, Multiparts::set)
                            .orThrow(IndexOutOfBoundsException.class),
                    Operation.legal("multipart-add-all", 5, Multiparts::addAll),
                    Operation.legal("multipart-wrap", 6, Multiparts::wrap),
                    Operation.legal("multipart-share", 5, w -> w.keep(w.multipart().share())),
                    Operation.legal("multipart-clear", 4, w -> w.multipart().clear()),
                    Operation.illegal("multipart-null", 2, Multiparts::passNull)
                            .orThrow(IndexOutOfBoundsException.class)
                            .orThrow(NullPointerException.class),
                    Operation.legal("multipart-close", 4, w -> w.multipart().close()),
                    Operation.legal("multipart-release", 6, w -> w.multipart().handOver()));

    private Multiparts() {}

    static Multipart random(Worker worker) {
        Multipart multipart = worker.register(made(worker));
        if (!worker.draw.oneIn(4)) {
            fill(worker, multipart);
        }
        return multipart;
    }

    private static Multipart made(Worker worker) {
        Draw draw = worker.draw;
        return switch (draw.below(13)) {
            case 3 -> Multipart.of(List.of(draw.bytes(draw.size())));
            case 0 -> Multipart.of("", draw.text(draw.below(8)));
            case 1 -> Multipart.of(draw.bytes(draw.size()), new byte[3]);
            case 2 -> Multipart.of(worker.message(), worker.filled());
            default -> Multipart.create();
        };
    }

    static void fill(Worker worker, Multipart multipart) {
        for (int i = worker.draw.below(4); i >= 0; i--) {
            switch (worker.draw.below(6)) {
                case 4 -> multipart.addFirst(worker.draw.text(worker.draw.below(8)));
                case 5 -> multipart.addFirst(worker.draw.bytes(worker.draw.size()));
                case 0 -> multipart.add(worker.draw.text(worker.draw.below(8)));
                case 1 -> multipart.add(worker.draw.bytes(worker.draw.size()));
                case 2 -> multipart.add(Memory.some(worker).asReadOnly());
                default -> multipart.allocate(worker.draw.oneIn(8) ? -1 : worker.draw.size());
            }
        }
    }

    private static void addMessage(Worker worker) {
        if (worker.draw.coin()) {
            worker.multipart().add(worker.message());
        } else {
            worker.multipart().addFirst(worker.message());
        }
    }

    private static void addAll(Worker worker) {
        Multipart multipart = worker.multipart();
        multipart.addAll(worker.multipart());
    }

    private static void wrap(Worker worker) {
        Multipart multipart = worker.multipart();
        Draw draw = worker.draw;
        switch (draw.below(6)) {
            case 0 -> multipart.wrap(draw.bytes(draw.below(300)));
            case 1 -> multipart.wrap(draw.text(draw.below(10)));
            case 2 -> multipart.wrap(worker.filled());
            default -> {
                Message id = worker.keep(multipart.wrap("id").unwrap());
                if (draw.coin()) {
                    multipart.wrap(id);
                }
            }
        }
    }

    private static void set(Worker worker) {
        Multipart multipart = worker.multipart();
        Draw draw = worker.draw;
        int index = draw.oneIn(8) ? -1 : draw.below(3);
        switch (draw.below(3)) {
            case 0 -> multipart.set(index, draw.text(draw.below(40)));
            case 1 -> multipart.set(index, draw.bytes(draw.size()));
            default -> multipart.set(index, worker.message());
        }
    }

    private static void read(Worker worker) {
        Multipart multipart = worker.multipart();
        worker.note(multipart.isEmpty());
        switch (worker.draw.below(6)) {
            case 4 -> {
                byte[] content = worker.draw.bytes(worker.draw.below(2));
                worker.note(multipart.indexOf(content) + multipart.indexOf("id"));
            }
            case 0 -> worker.note(multipart.getBytes(worker.draw.below(3)).length);
            case 1 -> worker.note(multipart.toByteArrays().size());
            case 2 -> worker.note(multipart.contentEquals(worker.multipart()));
            case 3 -> worker.note(multipart.getString(worker.draw.below(3)).length());
            default -> worker.note(multipart.dump().length());
        }
    }

    /** Uses a frame like any message, also when its multipart message has gone. */
    private static void get(Worker worker) {
        Multipart multipart = worker.multipart();
        Message frame = multipart.get(worker.draw.below(3));
        worker.keep(frame);
        for (Message each : multipart) {
            worker.note(each);
        }
    }

    private static void passNull(Worker worker) {
        Multipart multipart = worker.multipart();
        switch (worker.draw.below(16)) {
            case 9 -> multipart.addFirst((Message) null);
            case 10 -> multipart.addAll(null);
            case 11 -> multipart.set(0, (Message) null);
            case 12 -> multipart.set(0, (byte[]) null);
            case 13 -> multipart.wrap((Message) null);
            case 14 -> worker.note(multipart.contentEquals(null));
            case 15 -> multipart.addAll(multipart);
            case 0 -> worker.keep(Multipart.of((String[]) null));
            case 1 -> worker.keep(Multipart.of((byte[][]) null));
            case 2 -> worker.keep(Multipart.of((Message[]) null));
            case 3 -> worker.keep(Multipart.of((List<byte[]>) null));
            case 4 -> worker.keep(Multipart.of("", null));
            case 5 -> multipart.add((Message) null);
            case 6 -> multipart.add((String) null);
            case 7 -> multipart.add((byte[]) null);
            default -> multipart.add((MemorySegment) null);
        }
    }

    private static void remove(Worker worker) {
        Multipart multipart = worker.multipart();
        switch (worker.draw.below(6)) {
            case 0 -> worker.keep(multipart.removeLast());
            case 1 -> worker.keep(multipart.unwrap());
            case 2 -> worker.note(multipart.removeFirstString().length());
            case 3 -> worker.note(multipart.removeFirstBytes().length);
            case 4 -> multipart.truncate(worker.draw.below(4) - 1);
            default -> worker.keep(multipart.removeFirst());
        }
    }
}

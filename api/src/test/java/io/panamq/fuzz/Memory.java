// SPDX-License-Identifier: Apache-2.0
package io.panamq.fuzz;

import io.panamq.Message;
import io.panamq.MessageArena;
import io.panamq.MessageTracker;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Uses memory of the user: lent to libzmq, freed too early, taken twice, and over cut files. */
final class Memory {
    static final List<Operation> ALL =
            List.of(
                    Operation.legal("wrap", 20, Memory::wrap),
                    Operation.legal("wrap-arena", 10, Memory::wrapArena),
                    Operation.illegal("wrap-foreign", 4, Memory::wrapForeign),
                    Operation.legal("arena-use", 6, Memory::useArena),
                    Operation.legal("arena-close", 4, Memory::closeArena),
                    Operation.legal("map", 6, Memory::map).orThrow(IOException.class),
                    Operation.legal("cut", 3, Memory::cut).orThrow(IOException.class),
                    Operation.legal("tracker", 8, Memory::track),
                    Operation.legal("tracker-get", 5, Memory::keepTracker));

    private static final int FILE_SIZE = 40_000;
    private static final MemorySegment GLOBAL = Arena.global().allocate(4_096);

    private Memory() {}

    /**
     * Returns memory on or off the heap, in any kind of scope, alive or not, and keeps it for
     * others.
     */
    static MemorySegment some(Worker worker) {
        Draw draw = worker.draw;
        MemorySegment known = worker.pick(worker.world.memory);
        if (known != null && draw.coin()) {
            return known;
        }
        MemorySegment made =
                switch (draw.below(7)) {
                    case 0 -> MemorySegment.ofArray(draw.bytes(draw.below(400)));
                    case 1 -> GLOBAL.asSlice(draw.below(100), draw.below(3_000));
                    case 2 -> MemorySegment.ofBuffer(ByteBuffer.allocateDirect(draw.below(900)));
                    case 3 -> dead();
                    case 4 -> confined(worker);
                    case 5 -> MemorySegment.ofArray(new long[draw.below(8)]).asReadOnly();
                    default -> Arena.ofAuto().allocate(draw.size());
                };
        worker.put(worker.world.memory, made);
        return made;
    }

    /** Returns a buffer that is too small at times, read-only, or over memory that was freed. */
    static ByteBuffer buffer(Worker worker) {
        Draw draw = worker.draw;
        ByteBuffer buffer =
                switch (draw.below(8)) {
                    case 0 -> dead().asByteBuffer();
                    case 1 -> confined(worker).asByteBuffer();
                    case 2 -> ByteBuffer.allocate(draw.below(400)).asReadOnlyBuffer();
                    case 3 -> GLOBAL.asByteBuffer();
                    case 4 -> ByteBuffer.allocateDirect(draw.size());
                    default -> ByteBuffer.allocate(draw.size());
                };
        return buffer.position(draw.below(buffer.limit() + 1));
    }

    private static MemorySegment dead() {
        try (Arena arena = Arena.ofShared()) {
            return arena.allocate(100);
        }
    }

    /** Returns memory of this thread alone, which frees it now or at the end. */
    private static MemorySegment confined(Worker worker) {
        Arena arena = Arena.ofConfined();
        MemorySegment memory = arena.allocate(200);
        if (worker.draw.coin()) {
            arena.close();
        } else {
            worker.atEnd(arena::close);
        }
        return memory;
    }

    private static void wrap(Worker worker) {
        MemorySegment memory =
                worker.draw.oneIn(8)
                        ? some(worker)
                        : worker.draw.coin() ? GLOBAL : Arena.ofAuto().allocate(worker.draw.size());
        if (worker.draw.oneIn(4)) {
            memory = memory.asReadOnly();
        }
        int kind = worker.draw.below(8);
        Message message = Message.wrap(memory, () -> onReleased(worker, kind));
        worker.world.wrapped.incrementAndGet();
        keep(worker, message);
    }

    /**
     * Counts a release and misbehaves, on the thread that runs all callbacks and must survive that.
     */
    private static void onReleased(Worker worker, int kind) {
        worker.world.released.incrementAndGet();
        switch (kind) {
            case 0 -> throw new Operation.Planned();
            case 1 -> Thread.currentThread().interrupt();
            case 2 -> useAnything(worker.world);
            default -> {}
        }
    }

    /** Uses objects of other threads, which must refuse it. */
    private static void useAnything(World world) {
        Message message = world.messages.get(0);
        if (message != null) {
            message.handOver();
        }
        if (world.sockets.get(0) != null) {
            world.sockets.get(0).close();
        }
    }

    private static void wrapArena(Worker worker) {
        MessageArena arena = arena(worker);
        MemorySegment memory = arena.allocate(worker.draw.size(), 8);
        if (worker.draw.coin()) {
            worker.put(worker.world.memory, memory);
        }
        keep(worker, arena.wrap(memory));
    }

    private static void wrapForeign(Worker worker) {
        MemorySegment memory = some(worker);
        MessageArena arena = arena(worker);
        keep(worker, arena.wrap(memory));
    }

    private static MessageArena arena(Worker worker) {
        MessageArena arena = worker.pick(worker.world.arenas);
        if (arena == null || !worker.draw.oneIn(3)) {
            arena = MessageArena.create();
            worker.put(worker.world.arenas, arena);
            worker.world.allArenas.add(arena);
        }
        return arena;
    }

    private static void keep(Worker worker, Message message) {
        worker.keep(message);
        worker.world.allTrackers.add(MessageTracker.of(message));
    }

    private static void useArena(Worker worker) {
        MessageArena arena = arena(worker);
        worker.put(worker.world.memory, arena.allocate(worker.draw.below(500), 1));
        worker.note(arena.scope().isAlive());
    }

    private static void closeArena(Worker worker) {
        arena(worker).close();
    }

    private static void map(Worker worker) throws IOException {
        Path file = worker.pick(worker.world.files);
        if (file == null || worker.draw.oneIn(3)) {
            file = Files.createTempFile(worker.world.folder, "map", "");
            worker.world.allFiles.add(file);
            Files.write(file, new byte[FILE_SIZE]);
            worker.put(worker.world.files, file);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            long from = worker.draw.below(FILE_SIZE);
            long size = worker.draw.oneIn(8) ? worker.draw.any() : worker.draw.below(FILE_SIZE);
            keep(worker, Message.map(channel, from, Math.min(size, FILE_SIZE - from)));
        }
    }

    private static void cut(Worker worker) throws IOException {
        Path file = worker.pick(worker.world.files);
        if (file != null) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(worker.draw.below(3) * 4_096L);
            }
        }
    }

    private static void keepTracker(Worker worker) {
        worker.put(worker.world.trackers, MessageTracker.of(worker.message()));
    }

    private static void track(Worker worker) {
        MessageTracker tracker = worker.pick(worker.world.trackers);
        if (tracker != null) {
            boolean released = tracker.isReleased();
            if (!tracker.awaitReleased(worker.draw.anyWait()) && released) {
                throw new AssertionError("not released any more: " + tracker);
            }
            worker.note(tracker);
        }
    }
}

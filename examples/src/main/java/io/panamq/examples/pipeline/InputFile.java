// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file to count.
 *
 * @param path the file as the user has named it
 * @param size its size in bytes when the run began; a file that changes later fails the run
 */
record InputFile(Path path, long size) {

    /**
     * Checks all files before any work begins.
     *
     * @throws PipelineException naming every file that cannot be counted, and why
     */
    static List<InputFile> inspect(List<Path> paths) {
        List<InputFile> files = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path path : paths) {
            String problem = problemWith(path);
            if (problem == null) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    files.add(new InputFile(path, channel.size()));
                } catch (IOException e) {
                    problem = "cannot be read (" + e + ")";
                }
            }
            if (problem != null) {
                problems.add(path + ": " + problem);
            }
        }
        if (!problems.isEmpty()) {
            throw new PipelineException(String.join("; ", problems));
        }
        return List.copyOf(files);
    }

    private static String problemWith(Path path) {
        if (!Files.exists(path)) {
            return "no such file";
        }
        if (Files.isDirectory(path)) {
            return "is a directory";
        }
        if (!Files.isRegularFile(path)) {
            return "is not a regular file (only a regular file can be mapped)";
        }
        return Files.isReadable(path) ? null : "permission denied, the file cannot be read";
    }

    /** Fails if the file no longer has the size that it had when the run began. */
    void requireUnchanged() throws IOException {
        if (!Files.exists(path)) {
            throw new PipelineException(path + ": the file vanished while it was being counted");
        }
        requireSize(Files.size(path));
    }

    /** Fails if the given size is not that of the beginning. */
    void requireSize(long now) {
        if (now != size) {
            throw new PipelineException(
                    path
                            + ": the file changed while it was being counted ("
                            + size
                            + " bytes at first, "
                            + now
                            + " now)");
        }
    }
}

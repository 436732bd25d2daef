// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.nio.file.Path;

/**
 * The result for one file.
 *
 * @param file the file, as the user named it
 * @param lines number of newlines
 * @param words number of words
 * @param bytes its size
 * @param crc its CRC-32C
 */
record FileTotal(Path file, long lines, long words, long bytes, int crc) {}

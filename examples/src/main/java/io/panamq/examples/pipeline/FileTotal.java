// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.nio.file.Path;

/**
 * The result for one file.
 *
 * @param file the file as the user has named it
 * @param lines the number of newlines
 * @param words the number of words
 * @param bytes the size of the file
 * @param crc the CRC-32C of the file
 */
record FileTotal(Path file, long lines, long words, long bytes, int crc) {}

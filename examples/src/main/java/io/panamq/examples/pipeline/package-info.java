// SPDX-License-Identifier: Apache-2.0
/**
 * The pipeline: counts lines, words, bytes and CRC-32C of files with a ventilator, workers and a
 * sink. Only the main program uses it; it uses PanaMQ's public API and the console package.
 */
package io.panamq.examples.pipeline;

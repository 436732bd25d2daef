// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the measurements of the head-to-head benchmark: compiles the C program, starts a process
 * for each measurement, and takes turns in rounds. Only Head2Head uses it; it uses the model, the
 * kit, and the worker as the program to start.
 */
package io.panamq.bench.head2head.run;

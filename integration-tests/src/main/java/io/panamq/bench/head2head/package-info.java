// SPDX-License-Identifier: Apache-2.0
/**
 * PanaMQ beside C, JeroMQ and plain sockets, in one interleaved run: the program {@link
 * io.panamq.bench.head2head.Head2Head}. Users start it; it uses the packages below. See
 * BENCHMARKS.md.
 */
package io.panamq.bench.head2head;

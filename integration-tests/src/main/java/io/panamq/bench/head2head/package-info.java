// SPDX-License-Identifier: Apache-2.0
/** PanaMQ beside C, JeroMQ and plain sockets, in one interleaved run. See BENCHMARKS.md. */
package io.panamq.bench.head2head;

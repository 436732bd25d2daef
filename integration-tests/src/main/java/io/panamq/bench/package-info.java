// SPDX-License-Identifier: Apache-2.0
/** Benchmarks: JMH classes and the interleaved comparison that runs them. See BENCHMARKS.md. */
package io.panamq.bench;

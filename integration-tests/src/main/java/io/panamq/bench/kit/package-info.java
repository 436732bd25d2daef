// SPDX-License-Identifier: Apache-2.0
/**
 * What benchmarks share: other processes, figures, and what Linux says of a process. Any benchmark
 * may use it; it uses only the JDK.
 */
package io.panamq.bench.kit;

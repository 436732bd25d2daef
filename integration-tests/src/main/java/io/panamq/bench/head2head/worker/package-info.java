// SPDX-License-Identifier: Apache-2.0
/**
 * The Java contenders of the head-to-head benchmark: a program of its own, one process of which
 * makes one measurement. Arguments, output and method are those of {@code worker.c}. The package
 * {@code run} starts it; it uses the contenders' libraries and nothing of the benchmarks.
 */
package io.panamq.bench.head2head.worker;

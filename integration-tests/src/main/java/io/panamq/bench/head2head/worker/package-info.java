// SPDX-License-Identifier: Apache-2.0
/**
 * The Java contenders of the head-to-head benchmark: one process makes one measurement. Arguments,
 * output and method are those of {@code worker.c}.
 */
package io.panamq.bench.head2head.worker;

// SPDX-License-Identifier: Apache-2.0
/**
 * The words of the head-to-head benchmark: what is measured (cells and contenders), how (settings),
 * and what came of it (series, results, the report and its JSON). All packages of the benchmark but
 * the worker use it; it uses the kit for medians.
 */
package io.panamq.bench.head2head.model;

// SPDX-License-Identifier: Apache-2.0
/**
 * Shows the results of the head-to-head benchmark as tables and a chart, and publishes them in the
 * BENCHMARKS.md. Only Head2Head uses it; it uses the model.
 */
package io.panamq.bench.head2head.report;

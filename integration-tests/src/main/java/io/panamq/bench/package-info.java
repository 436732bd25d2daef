// SPDX-License-Identifier: Apache-2.0
/**
 * The benchmarks, one package for each kind. Nothing lives in this package itself; BENCHMARKS.md
 * says what there is and how to start it.
 */
package io.panamq.bench;

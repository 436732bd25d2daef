// SPDX-License-Identifier: Apache-2.0
/**
 * What tests of all packages share: contexts, loops and pollers for each test, deadlines, threads,
 * child JVMs, and peers written by hand.
 */
package io.panamq.support;

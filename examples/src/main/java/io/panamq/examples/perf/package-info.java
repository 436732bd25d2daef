// SPDX-License-Identifier: Apache-2.0
/**
 * The measuring tools of libzmq in Java. Only the main program uses them; they use PanaMQ's public
 * API and the console package.
 */
package io.panamq.examples.perf;

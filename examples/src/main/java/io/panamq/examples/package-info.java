// SPDX-License-Identifier: Apache-2.0
/**
 * The examples: the main program of the jar and the short ones of single patterns. Users start
 * them; they use PanaMQ's public API and the packages below.
 */
package io.panamq.examples;

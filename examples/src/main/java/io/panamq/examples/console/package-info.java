// SPDX-License-Identifier: Apache-2.0
/**
 * What programs show on a terminal besides their results. All examples may use it; it uses the
 * progress bar library.
 */
package io.panamq.examples.console;

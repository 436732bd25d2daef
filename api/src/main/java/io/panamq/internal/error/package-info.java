// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the exceptions that explain the results of failed calls, with advice on endpoints. Used by
 * every package above it; uses {@code io.panamq.error} and the bindings.
 */
package io.panamq.internal.error;

// SPDX-License-Identifier: Apache-2.0
/**
 * Turns what a call returned into the exception that explains it, with advice on endpoints. Used by
 * every package above it; uses {@code io.panamq.error} only.
 */
package io.panamq.internal.error;

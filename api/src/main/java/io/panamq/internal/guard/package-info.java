// SPDX-License-Identifier: Apache-2.0
/**
 * Guards against what would end the process or block it for ever: the end of the stack, no open
 * file left, a thread that is held up with a lock. Used by every package above it; uses {@code
 * io.panamq.internal.error}.
 */
package io.panamq.internal.guard;

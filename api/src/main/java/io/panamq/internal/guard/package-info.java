// SPDX-License-Identifier: Apache-2.0
/**
 * Guards against what would end the process or block it for ever: the end of the stack, too few
 * descriptors, a thread that cannot run while it has a lock. Used by every package above it; uses
 * {@code io.panamq.internal.error}.
 */
package io.panamq.internal.guard;

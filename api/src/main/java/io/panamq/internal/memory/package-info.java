// SPDX-License-Identifier: Apache-2.0
/**
 * Native memory: the slots that hold {@code zmq_msg_t} structures, and memory of the user that
 * libzmq holds and then releases. Used by frames; uses {@code io.panamq.internal.guard}.
 */
package io.panamq.internal.memory;

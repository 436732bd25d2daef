// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of what several public types do together, such as owning threads, signals, security and
 * virtual threads.
 */
package io.panamq.behaviour;

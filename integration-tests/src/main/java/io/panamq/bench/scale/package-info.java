// SPDX-License-Identifier: Apache-2.0
/**
 * Programs that measure what happens with many: peers, producers, threads, I/O threads, messages in
 * a batch. Users start them; they use the kit and PanaMQ's public API.
 */
package io.panamq.bench.scale;

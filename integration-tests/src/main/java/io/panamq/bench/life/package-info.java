// SPDX-License-Identifier: Apache-2.0
/**
 * Programs that measure start, end and memory: what PanaMQ adds to the start of a program, how fast
 * waiting calls end, and whether wrapped memory comes back. Users start them; they use the kit and
 * PanaMQ.
 */
package io.panamq.bench.life;

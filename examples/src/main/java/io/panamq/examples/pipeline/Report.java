// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

/** What arrives at the sink: the result of a chunk, or a signal about a worker. */
sealed interface Report permits ChunkResult, Signal {}

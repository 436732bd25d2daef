// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

/** A message at the sink: the result of a chunk, or a signal about a worker. */
sealed interface Report permits ChunkResult, Signal {}

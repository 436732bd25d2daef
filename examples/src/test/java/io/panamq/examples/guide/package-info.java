// SPDX-License-Identifier: Apache-2.0

/**
 * Programs of the ZeroMQ guide, each with its clients, workers and servers in the threads of one
 * JVM. {@link io.panamq.examples.guide.GuideProgramsTest} runs them all. They use the public
 * packages of PanaMQ only.
 */
package io.panamq.examples.guide;

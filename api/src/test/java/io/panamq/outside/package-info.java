// SPDX-License-Identifier: Apache-2.0
/**
 * Programs that must look like users, because PanaMQ treats frames of its own packages differently.
 */
package io.panamq.outside;

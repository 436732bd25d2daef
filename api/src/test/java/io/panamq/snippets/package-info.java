// SPDX-License-Identifier: Apache-2.0
/**
 * The examples of the Javadoc, as compiled and tested code. A region of a file here is shown by
 * {@code @snippet class="io.panamq.snippets.NAME" region="NAME"} in a comment of the api. This
 * package uses only what a user can use: the exported packages.
 */
package io.panamq.snippets;

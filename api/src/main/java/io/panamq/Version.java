// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * A release of libzmq.
 *
 * @param major first number
 * @param minor second number
 * @param patch third number
 */
public record Version(int major, int minor, int patch) {
    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}

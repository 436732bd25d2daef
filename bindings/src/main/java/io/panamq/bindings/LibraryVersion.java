// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

/**
 * The version of a libzmq release.
 *
 * @param major the first number
 * @param minor the second number
 * @param patch the third number
 */
public record LibraryVersion(int major, int minor, int patch)
        implements Comparable<LibraryVersion> {

    @Override
    public int compareTo(LibraryVersion other) {
        if (major != other.major) {
            return Integer.compare(major, other.major);
        }
        return minor != other.minor
                ? Integer.compare(minor, other.minor)
                : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import java.util.Comparator;

/**
 * A libzmq release.
 *
 * @param major first number
 * @param minor second number
 * @param patch third number
 */
public record LibraryVersion(int major, int minor, int patch)
        implements Comparable<LibraryVersion> {
    private static final Comparator<LibraryVersion> ORDER =
            Comparator.comparingInt(LibraryVersion::major)
                    .thenComparingInt(LibraryVersion::minor)
                    .thenComparingInt(LibraryVersion::patch);

    @Override
    public int compareTo(LibraryVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.leak;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of an object that must be closed, without keeping it alive: it is reported if it
 * becomes garbage before {@link #closed}. Reporting closes and frees nothing.
 */
public final class Leak extends PhantomReference<Object> {
    static final ReferenceQueue<Object> LOST = new ReferenceQueue<>();

    /** A reference that is garbage itself tells nothing. */
    private static final Set<Leak> OPEN = ConcurrentHashMap.newKeySet();

    /** Of a message that is followed, and kept by nothing else: they become garbage together. */
    public static final class Token {
        private final Leak leak;

        Token(CreationSite site) {
            leak = new Leak(this, null, "its memory is not given back", site);
        }

        /** The message is closed. */
        public void closed() {
            try {
                leak.closed();
            } finally {
                // Not before: it would be reported.
                Reference.reachabilityFence(this);
            }
        }
    }

    /** Null for a message. */
    private final String name;

    private final String consequence;
    private final CreationSite site;
    private volatile String endpoint;

    Leak(Object owner, String name, String consequence, CreationSite site) {
        super(owner, LOST);
        this.name = name;
        this.consequence = consequence;
        this.site = site;
        OPEN.add(this);
    }

    /** The last one, to be named in a report. */
    public void endpoint(String last) {
        endpoint = last;
    }

    /** By any thread. The owner must still be reachable afterwards. */
    public void closed() {
        if (OPEN.remove(this)) {
            clear();
        }
    }

    /** False if it was closed after all. */
    boolean isLost() {
        return OPEN.remove(this);
    }

    boolean isMessage() {
        return name == null;
    }

    String places() {
        return site.frames();
    }

    @Override
    public String toString() {
        String at = endpoint == null ? "" : " (" + endpoint + ")";
        return (name == null ? "a message" : name)
                + at
                + " was never closed, and nobody can any more: "
                + consequence;
    }
}

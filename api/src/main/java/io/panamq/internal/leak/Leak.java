// SPDX-License-Identifier: Apache-2.0
package io.panamq.internal.leak;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Describes an object that must be closed, without keeping it alive. The object is reported if it
 * becomes garbage before {@link #markClosed}. Reporting it neither closes nor frees anything.
 */
public final class Leak extends PhantomReference<Object> {
    static final ReferenceQueue<Object> LOST = new ReferenceQueue<>();

    /** Keeps the references reachable, because one that is garbage itself is never enqueued. */
    private static final Set<Leak> OPEN = ConcurrentHashMap.newKeySet();

    /** An object that only its message refers to, so that both become garbage together. */
    public static final class Token implements SlotWatch {
        private final Leak leak;

        Token(CreationSite site) {
            leak = new Leak(this, null, "its memory is not given back", site);
        }

        @Override
        public void setFrame(boolean frame) {
            leak.frame = frame;
        }

        @Override
        public void markClosed() {
            try {
                leak.markClosed();
            } finally {
                // If it became garbage before, it would be reported.
                Reference.reachabilityFence(this);
            }
        }
    }

    /** The name in a report; null for a message. */
    private final String name;

    private final String consequence;
    private final CreationSite site;
    private volatile String endpoint;

    /** Whether a message is a frame: the user then has a multipart message that was not closed. */
    private volatile boolean frame;

    Leak(Object owner, String name, String consequence, CreationSite site) {
        super(owner, LOST);
        this.name = name;
        this.consequence = consequence;
        this.site = site;
        OPEN.add(this);
    }

    /** Sets the endpoint that a report names. */
    public void setEndpoint(String last) {
        endpoint = last;
    }

    /** Marks the object as closed. Thread safe; the object must be reachable until this returns. */
    public void markClosed() {
        if (OPEN.remove(this)) {
            clear();
        }
    }

    /** Returns true, and only once, if the object was not closed; it must be garbage already. */
    boolean takeLost() {
        return OPEN.remove(this);
    }

    static boolean isAnyFollowed() {
        return !OPEN.isEmpty();
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
        return (name == null ? frame ? "a frame of a Multipart" : "a message" : name)
                + at
                + " was never closed, and nobody can any more: "
                + consequence;
    }
}

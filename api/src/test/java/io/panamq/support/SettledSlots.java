// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import io.panamq.Internals;
import java.lang.ref.Cleaner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Waits before a test that counts native messages until those of others have been given back that
 * became garbage: this may happen at any time, and would change the count.
 */
public final class SettledSlots implements BeforeEachCallback {
    private static final Cleaner CLEANER = Cleaner.create();

    /** So often the count must stay the same. */
    private static final int ROUNDS = 3;

    @Override
    public void beforeEach(ExtensionContext context) throws InterruptedException {
        int count = Internals.slotsInUse();
        int same = 0;
        while (same < ROUNDS) {
            collectGarbage();
            int now = Internals.slotsInUse();
            same = now == count ? same + 1 : 0;
            count = now;
        }
    }

    /** Returns when an object was found to be garbage, and what is done then has been done. */
    private static void collectGarbage() throws InterruptedException {
        var cleaned = new CountDownLatch(1);
        CLEANER.register(new Object(), cleaned::countDown);
        do {
            System.gc();
        } while (!cleaned.await(20, TimeUnit.MILLISECONDS));
    }
}

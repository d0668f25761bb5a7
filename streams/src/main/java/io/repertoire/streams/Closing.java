package io.repertoire.streams;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Said once, heard by everything that waits. */
final class Closing {

    private final CountDownLatch said = new CountDownLatch(1);

    /** @return false if it had been said before */
    synchronized boolean say() {
        boolean first = said.getCount() > 0;
        said.countDown();
        return first;
    }

    boolean isSaid() {
        return said.getCount() == 0;
    }

    /** Waits that long, or until it is said. */
    boolean within(Duration time) {
        try {
            return said.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}

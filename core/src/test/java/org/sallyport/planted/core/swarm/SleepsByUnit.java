package org.sallyport.planted.core.swarm;

import java.util.concurrent.TimeUnit;

final class SleepsByUnit {
    void wait(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
    }
}

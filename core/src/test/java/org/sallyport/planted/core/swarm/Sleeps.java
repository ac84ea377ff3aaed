package org.sallyport.planted.core.swarm;

final class Sleeps {
    void wait(int millis) throws InterruptedException {
        Thread.sleep(millis);
    }
}

package org.sallyport.planted.app.cli;

final class Sleeps {
    void wait(int millis) throws InterruptedException {
        Thread.sleep(millis);
    }
}

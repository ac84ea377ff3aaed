package org.sallyport.core.transport;

/** Does its work the first time it is asked to, such as giving back a place that several ends of a connection give back. Network thread only. */
final class Once implements Runnable {
    private final Runnable work;
    private boolean done;

    Once(Runnable work) {
        this.work = work;
    }

    @Override
    public void run() {
        if (!done) {
            done = true;
            work.run();
        }
    }
}

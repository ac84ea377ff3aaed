package org.sallyport.planted.core.swarm;

final class EndsProcess {
    void end() {
        System.exit(0);
    }
}

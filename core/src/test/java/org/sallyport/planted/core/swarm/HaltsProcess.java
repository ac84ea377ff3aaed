package org.sallyport.planted.core.swarm;

final class HaltsProcess {
    void halt() {
        Runtime.getRuntime().halt(0);
    }
}

package org.sallyport.planted.core.swarm;

final class MakesThread {
    Thread make(Runnable work) {
        return new Thread(work, "planted");
    }
}

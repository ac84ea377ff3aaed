package org.sallyport.planted.core.swarm;

import java.util.concurrent.ThreadFactory;

final class RefersToThread {
    ThreadFactory factory() {
        return Thread::new;
    }
}

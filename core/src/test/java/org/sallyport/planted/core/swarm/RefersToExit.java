package org.sallyport.planted.core.swarm;

import java.util.function.IntConsumer;

final class RefersToExit {
    IntConsumer end() {
        return System::exit;
    }
}

package org.sallyport.planted.core.swarm;

import org.sallyport.planted.app.launch.EndsProcessAllowed;

public interface KnowsApp {
    EndsProcessAllowed app();
}

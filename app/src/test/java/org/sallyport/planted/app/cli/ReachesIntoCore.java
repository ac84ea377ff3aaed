package org.sallyport.planted.app.cli;

import org.sallyport.planted.core.swarm.KnowsApp;

interface ReachesIntoCore {
    KnowsApp inside();
}

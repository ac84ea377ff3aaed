package org.sallyport.planted.ui.shell;

import org.sallyport.planted.core.swarm.KnowsApp;

interface ReachesIntoCore {
    KnowsApp inside();
}

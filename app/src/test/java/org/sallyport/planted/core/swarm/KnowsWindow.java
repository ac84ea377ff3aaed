package org.sallyport.planted.core.swarm;

import org.sallyport.planted.ui.shell.Plain;

interface KnowsWindow {
    Plain window();
}

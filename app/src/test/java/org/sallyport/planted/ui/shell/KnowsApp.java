package org.sallyport.planted.ui.shell;

import org.sallyport.planted.app.launch.EndsProcessAllowed;

interface KnowsApp {
    EndsProcessAllowed app();
}

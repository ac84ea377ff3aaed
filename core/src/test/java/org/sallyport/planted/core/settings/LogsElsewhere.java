package org.sallyport.planted.core.settings;

import java.util.logging.Logger;

interface LogsElsewhere {
    Logger log();
}

package org.sallyport.planted.ui.transfers;

import java.util.concurrent.Executor;
import javafx.application.Platform;

final class RefersToHop {
    Executor fxThread() {
        return Platform::runLater;
    }
}

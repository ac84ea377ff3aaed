package org.sallyport.planted.ui.transfers;

import javafx.application.Platform;

final class HopsThreads {
    void hop(Runnable work) {
        Platform.runLater(work);
    }
}

package org.sallyport.planted.app.cli;

import javafx.application.Platform;

final class HopsThreads {
    void hop(Runnable work) {
        Platform.runLater(work);
    }
}

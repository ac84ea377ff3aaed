package org.sallyport.planted.ui.feed;

import javafx.application.Platform;

/** Breaks nothing: feed is the bridge to the FX thread. */
public final class HopsThreadsAllowed {
    void hop(Runnable work) {
        Platform.runLater(work);
    }
}

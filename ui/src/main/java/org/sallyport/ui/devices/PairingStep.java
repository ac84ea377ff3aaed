package org.sallyport.ui.devices;

import javafx.scene.Node;
import javafx.scene.Parent;

/** One page of the dialog that adds a device. */
interface PairingStep {
    Parent root();

    /** What gets the keyboard when the page comes. Never a button that agrees to something: Enter must not agree for the person. */
    Node first();

    /** What steps have in common. */
    interface Frame {
        PairingViewModel model();

        void close();
    }
}

package org.sallyport.planted.ui.transfers;

import javafx.scene.Node;

interface SceneViewModel {
    Node row();
}

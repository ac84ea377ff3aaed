package org.sallyport.ui.shell;

import java.util.List;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** The parts of the window that F6 goes round. */
final class Regions {
    private Regions() { }

    /** Gives the keyboard to the next region that can be seen. @param owner has it now; null when nothing has */
    static void focusNext(@Nullable Node owner, List<Node> regions) {
        int at = -1;
        for (Node node = owner; node != null && at < 0; node = node.getParent()) {
            at = regions.indexOf(node);
        }
        for (int step = 1; step <= regions.size(); step++) {
            Node region = regions.get((at + step) % regions.size());
            if (isShown(region)) {
                region.requestFocus();
                return;
            }
        }
    }

    static boolean isShown(Node region) {
        boolean shown = region.getScene() != null;
        for (Node node = region; node != null; node = node.getParent()) {
            shown &= node.isVisible();
        }
        return shown;
    }
}

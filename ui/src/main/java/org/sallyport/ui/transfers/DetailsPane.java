package org.sallyport.ui.transfers;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Region;
import org.sallyport.ui.control.WindowState;
import org.sallyport.ui.dialog.Desktop;
import org.sallyport.ui.feed.FxThread;

/** Opens and closes the details below the table and remembers their height. The view is built when it is first opened. */
final class DetailsPane {
    private static final String KEY_OPEN = "details.open";
    private static final String KEY_HEIGHT = "details.height";
    private static final double USUAL_HEIGHT = 296;

    private final SplitPane split;
    private final DetailsViewModel model;
    private final Desktop desktop;
    private final WindowState memory;
    private final BooleanProperty wanted = new SimpleBooleanProperty();
    private final BooleanProperty possible = new SimpleBooleanProperty();
    private double height;
    private Region content = new Region();
    private boolean built;
    private boolean placed;

    DetailsPane(SplitPane split, DetailsViewModel model, Desktop desktop, WindowState memory) {
        this.split = split;
        this.model = model;
        this.desktop = desktop;
        this.memory = memory;
        this.height = memory.number(KEY_HEIGHT, USUAL_HEIGHT);
        wanted.addListener(o -> arrange());
        possible.addListener(o -> arrange());
        wanted.set(memory.flag(KEY_OPEN, true));
        split.heightProperty().addListener(o -> place());
    }

    private void arrange() {
        boolean open = wanted.get() && possible.get();
        if (open && !built) {
            built = true;
            content = (Region) new DetailsView(model, desktop).root();
            SplitPane.setResizableWithParent(content, false);
            content.heightProperty().addListener(o -> placeAgain());
        }
        boolean isOpen = split.getItems().contains(content);
        if (open && !isOpen) {
            split.getItems().add(content);
            placed = false;
            place();
        } else if (!open && isOpen) {
            height = placed ? content.getHeight() : height;
            split.getItems().remove(content);
        }
        model.shownProperty().set(open);
    }

    /** A divider is placed by share; the height is what people set. */
    private void place() {
        if (split.getItems().contains(content) && split.getHeight() > 0 && !placed) {
            split.setDividerPositions(Math.max(0.25, 1 - height / split.getHeight()));
        }
    }

    /** The first layout of a pane that was just added takes its smallest height, whatever was said about the divider before. */
    private void placeAgain() {
        if (!placed && content.getHeight() > 0 && split.getItems().contains(content)) {
            FxThread.EXECUTOR.execute(() -> {
                place();
                placed = true;
            });
        }
    }

    void remember() {
        boolean open = split.getItems().contains(content);
        memory.put(KEY_OPEN, wanted.get());
        memory.put(KEY_HEIGHT, open && placed ? content.getHeight() : height);
    }

    void focus() {
        Node tabs = content.lookup("#detailsTabPane");
        if (tabs != null) {
            tabs.requestFocus();
        }
    }

    /** What F6 focuses. */
    Node region() {
        Node tabs = content.lookup("#detailsTabPane");
        return tabs == null ? content : tabs;
    }

    /** Whether the user wants it open. */
    BooleanProperty wantedProperty() {
        return wanted;
    }

    /** Whether there is anything it could show. */
    BooleanProperty possibleProperty() {
        return possible;
    }
}

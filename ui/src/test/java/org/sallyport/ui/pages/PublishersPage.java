package org.sallyport.ui.pages;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.TableView;
import org.sallyport.core.model.PublisherSnapshot;
import org.testfx.api.FxRobot;

/** The publisher book, opened from the Safety screen. */
public final class PublishersPage extends Page {
    public PublishersPage(FxRobot robot) {
        super(robot);
    }

    /** From the Safety screen. */
    public void open() {
        fire("safetyPublishersButton");
        node("publishersTable");
    }

    public List<PublisherSnapshot> all() {
        TableView<PublisherSnapshot> table = node("publishersTable");
        AtomicReference<List<PublisherSnapshot>> rows = new AtomicReference<>(List.of());
        robot.interact(() -> rows.set(List.copyOf(table.getItems())));
        return rows.get();
    }

    public void untilNames(String... names) {
        until("publishers " + List.of(names), () -> all().stream().map(PublisherSnapshot::name).toList().equals(List.of(names)));
    }

    public void select(String id) {
        TableView<PublisherSnapshot> table = node("publishersTable");
        robot.interact(() -> table.getItems().stream().filter(publisher -> publisher.id().equals(id)).forEach(table.getSelectionModel()::select));
    }

    public void add() {
        fire("publishersAddButton");
    }

    public void create() {
        fire("publishersCreateButton");
    }

    public void export() {
        fire("publishersExportButton");
    }

    public void remove() {
        fire("publishersRemoveButton");
    }

    public boolean canStartOver() {
        return visible("publishersResetButton");
    }

    public void startOver() {
        fire("publishersResetButton");
    }

    public boolean canAdd() {
        return !node("publishersAddButton").isDisabled();
    }

    public void untilNotice(String part) {
        untilText("publishersNoticeLabel", text -> text.contains(part));
    }

    public void close() {
        fire("publishersCloseButton");
        gone("publishersPane");
    }
}

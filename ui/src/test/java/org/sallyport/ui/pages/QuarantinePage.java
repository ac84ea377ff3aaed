package org.sallyport.ui.pages;

import java.util.List;
import javafx.scene.control.TableView;
import org.sallyport.core.model.HeldFile;
import org.sallyport.ui.control.LiveRows;
import org.testfx.api.FxRobot;

/** The Quarantine screen and what it asks. */
public final class QuarantinePage extends Page {
    public QuarantinePage(FxRobot robot) {
        super(robot);
    }

    public boolean shown() {
        return visible("quarantinePane");
    }

    public boolean empty() {
        return visible("quarantineEmptyPane");
    }

    public List<HeldFile> files() {
        TableView<LiveRows.Row<HeldFile>> table = node("quarantineTable");
        return look(() -> table.getItems().stream().map(LiveRows.Row::value).toList());
    }

    public void select(HeldFile file) {
        TableView<LiveRows.Row<HeldFile>> table = node("quarantineTable");
        until(file.id() + " is listed", () -> table.getItems().stream().anyMatch(row -> row.value().id().equals(file.id())));
        robot.interact(() -> table.getItems().stream().filter(row -> row.value().id().equals(file.id())).findFirst()
                .ifPresent(table.getSelectionModel()::select));
    }

    public String reason() {
        return text("quarantineChosenReasonLabel");
    }

    public String scan() {
        return text("quarantineChosenScanLabel");
    }

    public String source() {
        return text("quarantineChosenSourceLabel");
    }

    public boolean canAct() {
        return !node("quarantineDeleteButton").isDisabled();
    }

    public void rescan() {
        click("quarantineRescanButton");
    }

    public void release() {
        click("quarantineReleaseButton");
    }

    public void delete() {
        click("quarantineDeleteButton");
    }

    public String question() {
        return text("questionTitleLabel");
    }

    public String means() {
        return text("questionMeansLabel");
    }

    public void yes() {
        click("questionDoButton");
    }

    public void no() {
        click("questionKeepButton");
    }

    public String notice() {
        return text("quarantineNoticeLabel");
    }
}

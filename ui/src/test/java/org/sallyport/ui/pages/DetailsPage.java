package org.sallyport.ui.pages;

import javafx.scene.Node;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import org.testfx.api.FxRobot;

/** The details pane. */
public final class DetailsPage extends Page {
    public DetailsPage(FxRobot robot) {
        super(robot);
    }

    public boolean isOpen() {
        return visible("detailsPane");
    }

    public void toggle() {
        ToggleButton button = node("transfersDetailsButton");
        robot.interact(button::fire);
    }

    /** @param tab Overview, Files, Peers or Trackers */
    public void open(String tab) {
        TabPane tabs = node("detailsTabPane");
        robot.interact(() -> tabs.getTabs().stream().filter(t -> t.getId().equals("details" + tab + "Tab")).forEach(tabs.getSelectionModel()::select));
    }

    public String pieces() {
        until("the parts were counted", () -> visible("overviewPiecesLabel") && !text0("overviewPiecesLabel").isEmpty());
        return text("overviewPiecesLabel");
    }

    private String text0(String id) {
        return robot.lookup("#" + id).queryLabeled().getText();
    }

    public String spokenGraph() {
        Node graph = node("overviewSpeedPane");
        return graph.getAccessibleText();
    }

    public String value(String label) {
        return text(label);
    }

    public void openFolder() {
        fire("overviewFolderLink");
    }

    /** Rows of a tab's table, once there are any. @param table id */
    public int rows(String table) {
        TableView<?> view = node(table);
        until("#" + table + " has rows", () -> !view.getItems().isEmpty());
        return view.getItems().size();
    }

    /** One cell as text. */
    public Object cell(String table, String column, int row) {
        rows(table);
        TableView<?> view = node(table);
        return view.getColumns().stream().filter(c -> column.equals(c.getId())).findFirst().orElseThrow().getCellData(row);
    }

    public String nothing() {
        return text("detailsNothingLabel");
    }
}

package org.sallyport.ui.pages;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.control.FlagChip;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

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
        robot.interact(() -> tabs.getTabs().stream().filter(t -> t.getId().equals("details" + tab + "Tab"))
                .forEach(tabs.getSelectionModel()::select));
    }

    public String pieces() {
        untilText("overviewPiecesLabel", text -> !text.isEmpty());
        return text("overviewPiecesLabel");
    }

    public String spokenGraph() {
        Node graph = node("overviewSpeedPane");
        return look(graph::getAccessibleText);
    }

    public String value(String label) {
        return text(label);
    }

    public void upload(UploadPolicy policy) {
        choose("overviewUploadChoice", policy);
    }

    public Object upload() {
        return chosenIn("overviewUploadChoice");
    }

    public void openFolder() {
        fire("overviewFolderLink");
    }

    /** Rows of a tab's table, once there are any. @param table id */
    public int rows(String table) {
        TableView<?> view = node(table);
        until("#" + table + " has rows", () -> !view.getItems().isEmpty());
        return look(() -> view.getItems().size());
    }

    /** The value of one cell, once there is one. */
    public Object cell(String table, String column, int row) {
        return column(table, column).get(row);
    }

    /** The values of a column from top to bottom, once there are any. */
    public List<Object> column(String table, String column) {
        rows(table);
        TableView<?> view = node(table);
        return look(() -> column(view, column));
    }

    /** Waits until a column shows exactly these values. */
    public void untilColumn(String table, String column, Object... values) {
        TableView<?> view = node(table);
        until("#" + column + " shows " + List.of(values), () -> column(view, column).equals(List.of(values)));
    }

    private static List<Object> column(TableView<?> view, String column) {
        TableColumn<?, ?> found = view.getColumns().stream().filter(c -> column.equals(c.getId())).findFirst().orElseThrow();
        return IntStream.range(0, view.getItems().size()).<Object>mapToObj(found::getCellData).toList();
    }

    /** Waits until these are the words on the chips of the files tab: a cell is drawn a moment after its row is there. */
    public void untilVerdicts(String... words) {
        until("the chips of the files say " + List.of(words), () -> verdicts().equals(List.of(words)));
    }

    /** What the files tab says about each file's name, from top to bottom. */
    public List<String> names() {
        TableView<?> table = node("filesTable");
        return look(() -> robot.from(table).lookup(".table-cell").<TableCell<?, ?>>queryAll().stream()
                .filter(cell -> "filesNameColumn".equals(cell.getTableColumn().getId()) && cell.getIndex() >= 0
                        && cell.getIndex() < table.getItems().size())
                .sorted(Comparator.comparing(TableCell::getIndex))
                .map(cell -> cell.getGraphic() instanceof Label chip ? chip.getText() : cell.getText()).toList());
    }

    private List<String> verdicts() {
        return robot.lookup("#filesTable .label.chip").<Label>queryAllAs(Label.class).stream().filter(chip -> !(chip instanceof FlagChip))
                .map(Label::getText).toList();
    }

    /** What the peers tab says about who each peer is. */
    public List<String> identities() {
        return identityCells().stream().map(Labeled::getText).toList();
    }

    /** Those with a lock. */
    public List<String> lockedIdentities() {
        return identityCells().stream().filter(cell -> cell.getGraphic() != null).map(Labeled::getText).toList();
    }

    private List<TableCell<?, ?>> identityCells() {
        int rows = rows("peersTable");
        TableView<?> table = node("peersTable");
        return look(() -> robot.from(table).lookup(".table-cell").<TableCell<?, ?>>queryAll().stream()
                .filter(cell -> "peersIdentityColumn".equals(cell.getTableColumn().getId()) && cell.getIndex() >= 0 && cell.getIndex() < rows)
                .sorted(Comparator.comparing(TableCell::getIndex)).toList());
    }

    /** Selects rows of a tab's table, and gives it the keyboard. */
    public void select(String table, int... indexes) {
        rows(table);
        TableView<?> view = node(table);
        robot.interact(() -> {
            view.getSelectionModel().clearSelection();
            for (int index : indexes) {
                view.getSelectionModel().select(index);
            }
            view.requestFocus();
        });
    }

    public int selectedRows(String table) {
        TableView<?> view = node(table);
        return look(() -> view.getSelectionModel().getSelectedItems().size());
    }

    /** Chooses from a table's context menu. @param items id, or the text of an entry that stands for a folder, one for each level */
    public void menu(String table, String... items) {
        TableView<?> view = node(table);
        robot.interact(() -> view.getContextMenu().show(view, 300, 300));
        robot.interact(() -> {
            List<MenuItem> offered = view.getContextMenu().getItems();
            MenuItem found = offered.get(0);
            for (String item : items) {
                List<MenuItem> here = offered;
                found = here.stream().filter(i -> item.equals(i.getId()) || item.equals(i.getText())).findFirst().orElseThrow();
                offered = found instanceof Menu menu ? menu.getItems() : List.of();
            }
            view.getContextMenu().hide();
            found.fire();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Presses a button below a tab's table. @param button id */
    public void press(String button) {
        Node pressed = node(button);
        until("#" + button + " is enabled", () -> !pressed.isDisabled());
        fire(button);
    }

    public String why() {
        return text("overviewWhyLabel");
    }

    /** Whether it can go on without the files that have risky names. */
    public boolean offersNames() {
        return visible("overviewSkipNamesButton");
    }

    public boolean offersToAcceptNames() {
        return visible("overviewAcceptNamesButton");
    }

    public String whyAction() {
        return text("overviewWhyActionLabel");
    }

    public boolean saysWhy() {
        return visible("overviewWhyPane");
    }

    /** What the letters beside a peer mean is shown. */
    public boolean legendShown() {
        return visible("flagsPane");
    }

    /** Waits until a value of the overview has this in it. */
    public void untilValue(String label, String part) {
        untilText(label, text -> text.contains(part));
    }

    public String nothing() {
        return text("detailsNothingLabel");
    }
}

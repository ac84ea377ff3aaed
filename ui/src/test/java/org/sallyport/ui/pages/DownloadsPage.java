package org.sallyport.ui.pages;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.event.ActionEvent;
import javafx.scene.Scene;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.transfers.TransferRow;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The Downloads screen. Rows are found by info-hash, never by place. */
public final class DownloadsPage extends Page {
    public DownloadsPage(FxRobot robot) {
        super(robot);
    }

    private TableView<TransferRow> table() {
        return robot.lookup("#transfersTable").query();
    }

    public void pressAdd() {
        click("transfersAddButton");
    }

    public void pressAddLink() {
        click("transfersLinkButton");
    }

    public void pressCreate() {
        click("transfersCreateButton");
    }

    public void pressEmptyAdd() {
        click("transfersEmptyAddButton");
    }

    public void pressEmptyCreate() {
        click("transfersEmptyCreateButton");
    }

    public void pressSample() {
        click("transfersEmptySampleButton");
    }

    public boolean isEmptyState() {
        return visible("transfersEmptyPane");
    }

    public void search(String text) {
        type("transfersSearchField", text);
    }

    public void clearSearch() {
        click("transfersClearSearchButton");
    }

    public boolean foundNothing() {
        return visible("transfersNothingFoundPane");
    }

    public List<String> names() {
        return look(() -> table().getItems().stream().map(TransferRow::name).collect(Collectors.toList()));
    }

    public boolean lists(InfoHash hash) {
        return look(() -> table().getItems().stream().anyMatch(row -> row.hash().equals(hash)));
    }

    public void untilListed(InfoHash hash) {
        until(hash.shortHex() + " is listed", () -> lists(hash));
    }

    public void untilGone(InfoHash hash) {
        until(hash.shortHex() + " is not listed", () -> !lists(hash));
    }

    public void untilState(InfoHash hash, TorrentState state) {
        until(hash.shortHex() + " is " + state, () -> table().getItems().stream()
                .anyMatch(row -> row.hash().equals(hash) && row.latest().state() == state));
    }

    /** Waits until this share of what is wanted has arrived, as the table shows it. @param share 0..1 */
    public void untilProgress(InfoHash hash, double share) {
        until(hash.shortHex() + " is at " + share, () -> table().getItems().stream()
                .anyMatch(row -> row.hash().equals(hash) && row.progressProperty().get() == share));
    }

    /** Waits until the state column says it. */
    public void untilStanding(InfoHash hash, String part) {
        until(hash.shortHex() + " says " + part, () -> table().getItems().stream()
                .anyMatch(row -> row.hash().equals(hash) && row.standingProperty().get().sentence().contains(part)));
    }

    /** What the state column says. */
    public String standing(InfoHash hash) {
        TransferRow row = rowOf(hash);
        return look(() -> row.standingProperty().get().sentence());
    }

    /** What the Safety column shows: the word beside the icon. */
    public String safety(InfoHash hash) {
        return look(() -> cell(hash, "transfersSafetyColumn")
                .map(cell -> cell.getGraphic() instanceof Label chip && chip.getGraphic() != null ? chip.getText() : cell.getText()).orElse(""));
    }

    /** What a screen reader says of a cell; the tooltip says the same. @param column its id */
    public String spoken(InfoHash hash, String column) {
        return look(() -> cell(hash, column).filter(cell -> cell.getTooltip().getText().equals(cell.getAccessibleText()))
                .map(TableCell::getAccessibleText).orElse(""));
    }

    /** By how many pixels the columns are wider than the table. */
    public double overflow() {
        return look(() -> table().getVisibleLeafColumns().stream().mapToDouble(TableColumn::getWidth).sum() - table().getWidth());
    }

    private Optional<TableCell<?, ?>> cell(InfoHash hash, String column) {
        return table().lookupAll(".table-cell").stream().map(node -> (TableCell<?, ?>) node)
                .filter(cell -> column.equals(cell.getTableColumn().getId()) && cell.getTableRow().getItem() instanceof TransferRow row
                        && row.hash().equals(hash))
                .findFirst().map(Function.identity());
    }

    private TransferRow rowOf(InfoHash hash) {
        untilListed(hash);
        return look(() -> table().getItems().stream().filter(row -> row.hash().equals(hash)).findFirst().orElseThrow());
    }

    /** Selects exactly these, and gives the table the keyboard. */
    public void select(InfoHash... hashes) {
        List<TransferRow> rows = List.of(hashes).stream().map(this::rowOf).toList();
        robot.interact(() -> {
            table().getSelectionModel().clearSelection();
            rows.forEach(row -> table().getSelectionModel().select(row));
            table().requestFocus();
        });
    }

    public List<InfoHash> selected() {
        return look(() -> table().getSelectionModel().getSelectedItems().stream().map(TransferRow::hash).toList());
    }

    public void press(KeyCode... keys) {
        robot.push(keys);
    }

    /** Chooses an entry of the context menu. @param item its id, such as {@code transfersPauseItem} */
    public void menu(String item) {
        MenuItem entry = table().getContextMenu().getItems().stream().filter(i -> item.equals(i.getId())).findFirst().orElseThrow();
        choose(entry);
    }

    /** Chooses where in the queue they go. @param place Top, Up, Down or Bottom */
    public void queue(String place) {
        Menu queue = (Menu) table().getContextMenu().getItems().stream().filter(i -> "transfersQueueItem".equals(i.getId())).findFirst()
                .orElseThrow();
        choose(queue.getItems().stream().filter(i -> i.getId().equals("transfersQueue" + place + "Item")).findFirst().orElseThrow());
    }

    /** Presses the entry with the mark. */
    public void force(boolean value) {
        CheckMenuItem item = (CheckMenuItem) table().getContextMenu().getItems().stream().filter(i -> "transfersForceItem".equals(i.getId()))
                .findFirst().orElseThrow();
        robot.interact(() -> {
            item.setSelected(value);
            item.getOnAction().handle(new ActionEvent());
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** What the entry with the mark says, when the menu is opened. */
    public boolean marksForced() {
        CheckMenuItem item = (CheckMenuItem) table().getContextMenu().getItems().stream().filter(i -> "transfersForceItem".equals(i.getId()))
                .findFirst().orElseThrow();
        robot.interact(() -> table().getContextMenu().show(table(), 400, 100));
        boolean marked = look(item::isSelected);
        robot.interact(() -> table().getContextMenu().hide());
        return marked;
    }

    /** The open context menu, for a picture; close it with {@link #closeMenu}. */
    public Scene openMenu() {
        robot.interact(() -> table().getContextMenu().show(table(), 400, 60));
        return table().getContextMenu().getScene();
    }

    public void closeMenu() {
        robot.interact(() -> table().getContextMenu().hide());
    }

    public int queuePosition(InfoHash hash) {
        TransferRow row = rowOf(hash);
        return look(() -> row.queueProperty().get());
    }

    public void untilQueued(InfoHash hash, int position) {
        until(hash.shortHex() + " is number " + position, () -> queuePosition(hash) == position);
    }

    public String labels(InfoHash hash) {
        TransferRow row = rowOf(hash);
        return look(() -> row.labelsProperty().get());
    }

    public boolean showsColumn(String column) {
        return look(() -> table().getColumns().stream().filter(c -> column.equals(c.getId())).findFirst().orElseThrow().isVisible());
    }

    public boolean offersLabels() {
        return visible("transfersLabelChoice");
    }

    /** @param label empty for all */
    public void onlyLabel(String label) {
        choose("transfersLabelChoice", label);
    }

    /** What the tooltip of the state column says. */
    public String standingWhole(InfoHash hash) {
        TransferRow row = rowOf(hash);
        return look(() -> row.standingProperty().get().whole());
    }

    public void untilNotice(String part) {
        untilText("transfersNoticeLabel", text -> text.contains(part));
    }

    private Menu uploads() {
        return (Menu) table().getContextMenu().getItems().stream().filter(i -> "transfersUploadItem".equals(i.getId())).findFirst().orElseThrow();
    }

    /** Chooses when the selected are shared. @param policy Normal, WhileDownloading, TrustedOnly or Never */
    public void upload(String policy) {
        choose(uploads().getItems().stream().filter(i -> i.getId().equals("transfersUpload" + policy + "Item")).findFirst().orElseThrow());
    }

    /** Ids of what is marked in the menu, which is opened and closed for it. */
    public List<String> uploadMarks() {
        robot.interact(() -> table().getContextMenu().show(table(), 400, 200));
        List<String> marked = look(() -> uploads().getItems().stream().filter(i -> ((RadioMenuItem) i).isSelected()).map(MenuItem::getId).toList());
        robot.interact(() -> table().getContextMenu().hide());
        return marked;
    }

    /** The whole state column. */
    public String standingWords(InfoHash hash) {
        TransferRow row = rowOf(hash);
        return look(() -> row.standingProperty().get().words());
    }

    public void untilStandingWords(InfoHash hash, String words) {
        until(hash.shortHex() + " says " + words, () -> standingWords(hash).equals(words));
    }

    public String undoText() {
        return text("transfersUndoLabel");
    }

    public void pressUndo() {
        click("transfersUndoButton");
    }

    public void untilUndoGone() {
        gone("transfersUndoPane");
    }

    public String notice() {
        return text("transfersNoticeLabel");
    }

    public String noticeRule() {
        return text("transfersNoticeRuleLabel");
    }

    public void dismissNotice() {
        click("transfersNoticeDismissButton");
        gone("transfersNoticePane");
    }

    /** As a click on the column's head would. @param column id */
    public void sortBy(String column, TableColumn.SortType type) {
        robot.interact(() -> {
            TableColumn<TransferRow, ?> found = table().getColumns().stream().filter(c -> column.equals(c.getId())).findFirst().orElseThrow();
            found.setSortType(type);
            table().getSortOrder().setAll(List.of(found));
        });
    }

    public void resize(String column, double width) {
        robot.interact(() -> table().getColumns().stream().filter(c -> column.equals(c.getId())).findFirst().orElseThrow().setPrefWidth(width));
    }

    public void moveToFront(String column) {
        robot.interact(() -> {
            TableColumn<TransferRow, ?> found = table().getColumns().stream().filter(c -> column.equals(c.getId())).findFirst().orElseThrow();
            table().getColumns().remove(found);
            table().getColumns().add(0, found);
        });
    }

    public List<String> columns() {
        return look(() -> table().getColumns().stream().map(TableColumn::getId).collect(Collectors.toList()));
    }

    public boolean hasKeyboard() {
        return table().isFocused();
    }

    public boolean searchHasKeyboard() {
        return robot.lookup("#transfersSearchField").query().isFocused();
    }
}

package org.sallyport.ui.pages;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.ui.control.ActCell;
import org.sallyport.ui.control.LiveRows;
import org.testfx.api.FxRobot;

/** The Sharing screen, and the dialogs it opens. Rows are found by info-hash or path, never by place. */
public final class SharingPage extends Page {
    public SharingPage(FxRobot robot) {
        super(robot);
    }

    public boolean shown() {
        return visible("sharingPane");
    }

    public boolean isEmptyState() {
        return visible("sharingEmptyPane");
    }

    public String sum() {
        return text("sharingSumLabel");
    }

    public void untilSum(String text) {
        untilText("sharingSumLabel", text::equals);
    }

    private TableView<LiveRows.Row<ShareSnapshot>> table() {
        return node("sharingTable");
    }

    public List<ShareSnapshot> shares() {
        return look(() -> robot.lookup("#sharingTable").<TableView<LiveRows.Row<ShareSnapshot>>>query().getItems().stream()
                .map(LiveRows.Row::value).collect(Collectors.toList()));
    }

    public void untilShared(InfoHash... hashes) {
        until("exactly these are shared", () -> shares().stream().map(ShareSnapshot::hash).toList().equals(List.of(hashes)));
    }

    /** What a column of text says about a share. */
    public String cell(InfoHash hash, String column) {
        TableView<LiveRows.Row<ShareSnapshot>> table = table();
        return look(() -> {
            TableColumn<LiveRows.Row<ShareSnapshot>, ?> found = table.getColumns().stream().filter(c -> column.equals(c.getId()))
                    .findFirst().orElseThrow();
            return String.valueOf(found.getCellData(rowOf(table, hash)));
        });
    }

    private static LiveRows.Row<ShareSnapshot> rowOf(TableView<LiveRows.Row<ShareSnapshot>> table, InfoHash hash) {
        return table.getItems().stream().filter(row -> row.value().hash().equals(hash)).findFirst().orElseThrow();
    }

    /** Everything that can be read in the table. */
    public List<String> words() {
        table();
        return look(() -> robot.lookup("#sharingTable .table-cell").queryAllAs(Labeled.class).stream().map(Labeled::getText)
                .filter(t -> t != null && !t.isEmpty()).toList());
    }

    /** Presses Stop in its row with the mouse. */
    public void stop(InfoHash hash) {
        click(ActCell.idOf("sharingStopButton", hash.shortHex()));
    }

    public void select(InfoHash hash) {
        TableView<LiveRows.Row<ShareSnapshot>> table = table();
        robot.interact(() -> {
            table.requestFocus();
            table.getSelectionModel().select(rowOf(table, hash));
        });
    }

    /** What is said in full about the selected share. */
    public String chosenTrouble() {
        return text("sharingChosenTroubleLabel");
    }

    public String chosenPath() {
        return text("sharingChosenPathLabel");
    }

    public List<AllowedFolder> folders() {
        TableView<LiveRows.Row<AllowedFolder>> table = node("sharingFoldersTable");
        return look(() -> table.getItems().stream().map(LiveRows.Row::value).collect(Collectors.toList()));
    }

    public void addFolder() {
        click("sharingFolderAddButton");
    }

    /** Presses Remove in its row. */
    public void removeFolder(Object path) {
        click(ActCell.idOf("sharingFolderRemoveButton", path));
    }

    public String removalStops() {
        return text("sharingRemoveStopsLabel");
    }

    public String removalText() {
        return text("sharingRemoveConfirmButton");
    }

    public boolean keepHasKeyboard() {
        return node("sharingRemoveKeepButton").isFocused();
    }

    public void keepFolder() {
        click("sharingRemoveKeepButton");
        gone("sharingRemovePane");
    }

    public void confirmRemoval() {
        click("sharingRemoveConfirmButton");
        gone("sharingRemovePane");
    }

    public String notice() {
        return text("sharingNoticeLabel");
    }

    public String noticeRule() {
        return text("sharingNoticeRuleLabel");
    }

    // the dialog that shares something

    public void openDialog() {
        click("sharingShareButton");
        node("sharingNewPane");
    }

    public void chooseFile() {
        click("sharingNewFileButton");
    }

    public void chooseFolder() {
        click("sharingNewFolderButton");
    }

    public String allowText() {
        return text("sharingNewAllowCheck");
    }

    public boolean asksToAllow() {
        return visible("sharingNewAllowCheck");
    }

    public boolean allowed() {
        CheckBox box = node("sharingNewAllowCheck");
        return look(box::isSelected);
    }

    public void allow() {
        check("sharingNewAllowCheck", true);
    }

    /** @param who AllDevices, SomeDevices or Everybody */
    public void audience(String who) {
        RadioButton choice = node("sharingNew" + who + "Choice");
        robot.interact(choice::fire);
    }

    public boolean canChoose(String who) {
        return !node("sharingNew" + who + "Choice").isDisabled();
    }

    /** Ticks one of the paired devices. */
    public void device(int index) {
        check("sharingNewDeviceCheck" + index, true);
    }

    public void writeNote(String text) {
        type("sharingNewNoteField", text);
    }

    public String writtenNote() {
        return text("sharingNewNoteField");
    }

    /** @param index in the order they are offered: never, one day, one week, a date */
    public void ends(int index) {
        ChoiceBox<?> choice = node("sharingNewEndsChoice");
        robot.interact(() -> choice.getSelectionModel().select(index));
    }

    public void lastDay(LocalDate day) {
        DatePicker field = node("sharingNewDateField");
        robot.interact(() -> field.setValue(day));
    }

    public void share() {
        click("sharingNewShareButton");
    }

    public String dialogNotice() {
        return text("sharingNewNoticeLabel");
    }

    public void untilDialogNotice(String part) {
        untilText("sharingNewNoticeLabel", text -> text.contains(part));
    }

    public String dialogNoticeRule() {
        return text("sharingNewNoticeRuleLabel");
    }

    /** What speaks against it, as shown: name, sentence, name, sentence … */
    public List<String> concerns() {
        node("sharingNewConcernsPane");
        return look(() -> robot.lookup("#sharingNewConcernListPane .label").queryAllAs(Labeled.class).stream().map(Labeled::getText).toList());
    }

    public boolean backHasKeyboard() {
        return node("sharingNewBackButton").isFocused();
    }

    public void back() {
        click("sharingNewBackButton");
        node("sharingNewFormPane");
    }

    public void shareAllTheSame() {
        click("sharingNewDespiteButton");
    }

    /** Waits until the engine is looking at what is to be shared. */
    public void untilLooking() {
        node("sharingNewProgressPane");
    }

    public void untilProgress(String percent) {
        untilText("sharingNewProgressLabel", percent::equals);
    }

    /** Cancel, Stop or Close, whichever it is now. */
    public void cancel() {
        click("sharingNewCancelButton");
    }

    public boolean offersTorrent() {
        return visible("sharingNewTorrentButton");
    }

    public void saveTorrent() {
        click("sharingNewTorrentButton");
    }

    public void untilDialogClosed() {
        gone("sharingNewPane");
    }
}

package org.sallyport.ui.pages;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TitledPane;
import javafx.scene.image.WritableImage;
import javafx.stage.Window;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.InfoHash;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The Devices screen, over whatever engine its window has. Buttons are pressed without the mouse: two windows may lie on each other. */
public final class DevicesPage extends AddDevicePage {

    /** @param main the window, where more than one is open */
    public DevicesPage(FxRobot robot, Window main) {
        super(robot, main);
    }

    public DevicesPage open() {
        fire("shellDevicesButton");
        node("devicesPane");
        return this;
    }

    public boolean shown() {
        return visible("devicesPane");
    }

    public boolean isEmptyState() {
        return visible("devicesEmptyPane");
    }

    /** "" for no badge on the rail. */
    public String badge() {
        return visible("shellDevicesBadge") ? text("shellDevicesBadge") : "";
    }

    public void untilBadge(String count) {
        until("the badge shows " + count, () -> badge().equals(count));
    }

    public String trouble() {
        return text("devicesTroubleLabel");
    }

    public String notice() {
        return text("devicesNoticeLabel");
    }

    public String noticeRule() {
        return text("devicesNoticeRuleLabel");
    }

    public void untilNotice(String part) {
        untilText("devicesNoticeLabel", text -> text.contains(part));
    }

    // devices ------------------------------------------------------------------------------------------------------------

    public List<String> devices() {
        return look(() -> rows("devicesListPane").stream().map(row -> label(row, "devicesNameLabel")).toList());
    }

    public void untilDevices(String... names) {
        until("the devices are " + List.of(names), () -> devices().equals(List.of(names)));
    }

    public String standing(String name) {
        return look(() -> label(device(name), "devicesStandingLabel"));
    }

    public void untilStanding(String name, String words) {
        until(name + " is " + words, () -> devices().contains(name) && standing(name).equals(words));
    }

    public String deviceTrouble(String name) {
        return look(() -> label(device(name), "devicesRowTroubleLabel"));
    }

    public boolean canSend(String name) {
        return look(() -> !device(name).lookup("#devicesSendFileButton").isDisabled());
    }

    public void sendFile(String name) {
        press(look(() -> device(name).lookup("#devicesSendFileButton")));
        node("devicesSendPane");
    }

    public void clickDevices() {
        click("shellDevicesButton");
    }

    public void clickSendFile(String name) {
        robot.clickOn(look(() -> device(name).lookup("#devicesSendFileButton")));
        node("devicesSendPane");
    }

    public void clickSend() {
        click("devicesSendButton");
        gone("devicesSendPane");
    }

    public void sendFolder(String name) {
        press(look(() -> device(name).lookup("#devicesSendFolderButton")));
        node("devicesSendPane");
    }

    public String sendWhat() {
        return text("devicesSendWhatLabel");
    }

    public void send(String note) {
        type("devicesSendNoteField", note);
        fire("devicesSendButton");
        gone("devicesSendPane");
    }

    /** @param item Edit, CopyId or Remove */
    public void menu(String name, String item) {
        MenuButton menu = (MenuButton) look(() -> device(name).lookup("#devicesMoreChoice"));
        choose(menu.getItems().stream().filter(i -> ("devices" + item + "Item").equals(i.getId())).findFirst().orElseThrow());
    }

    public String confirmMeans() {
        return text("questionMeansLabel");
    }

    public boolean keepHasKeyboard() {
        return node("questionKeepButton").isFocused();
    }

    public void keep() {
        fire("questionKeepButton");
        gone("questionPane");
    }

    public void carryOut() {
        fire("questionDoButton");
        gone("questionPane");
    }

    public void editName(String name) {
        type("devicesEditNameField", name);
    }

    public String editId() {
        return text("devicesEditIdLabel").replace('\n', '-');
    }

    public void editAddresses(String lines) {
        type("devicesEditAddressesField", lines);
    }

    public void save() {
        fire("devicesEditSaveButton");
    }

    public void untilSaved() {
        gone("devicesEditPane");
    }

    public String editNotice() {
        return text("devicesEditNoticeLabel");
    }

    // this device --------------------------------------------------------------------------------------------------------

    public String ownId() {
        return text("devicesOwnIdLabel").replace('\n', '-');
    }

    public String ownName() {
        return text("devicesOwnNameField");
    }

    public void ownName(String name) {
        type("devicesOwnNameField", name);
        robot.push(javafx.scene.input.KeyCode.ENTER);
    }

    public void copyOwnId() {
        fire("devicesOwnCopyButton");
        node("devicesOwnCopiedLabel");
    }

    public void showOwnQr() {
        fire("devicesOwnQrButton");
    }

    public WritableImage ownQr() {
        return picture("devicesOwnQrPane");
    }

    public void resetIdentity() {
        TitledPane pane = node("devicesResetPane");
        robot.interact(() -> pane.setExpanded(true));
        fire("devicesResetButton");
    }

    // offers -------------------------------------------------------------------------------------------------------------

    public List<String> offers() {
        return look(() -> rows("devicesOffersPane").stream().map(card -> label(card, "devicesOfferLabel")).toList());
    }

    public String offerNote(InfoHash hash) {
        return look(() -> label(offer(hash), "devicesOfferNoteLabel"));
    }

    public String offerFolder(InfoHash hash) {
        return look(() -> label(offer(hash), "devicesOfferFolderLabel"));
    }

    public void offerFolderChange(InfoHash hash) {
        press(look(() -> offer(hash).lookup("#devicesOfferFolderLink")));
    }

    public void accept(InfoHash hash) {
        press(look(() -> offer(hash).lookup("#devicesOfferAcceptButton")));
    }

    public void decline(InfoHash hash) {
        press(look(() -> offer(hash).lookup("#devicesOfferDeclineButton")));
    }

    public void untilOffers(int count) {
        until(count + " offers", () -> offers().size() == count);
    }

    // catalogue ----------------------------------------------------------------------------------------------------------

    public List<String> catalogue() {
        TableView<CatalogueItem> table = node("devicesCatalogueTable");
        return look(() -> table.getItems().stream().map(CatalogueItem::name).toList());
    }

    public void untilCatalogue(String... names) {
        until("the catalogue is " + List.of(names), () -> catalogue().equals(List.of(names)));
    }

    public void searchCatalogue(String text) {
        type("devicesCatalogueSearchField", text);
    }

    public boolean catalogueIsBusy() {
        return visible("devicesCatalogueBusyBar");
    }

    public String catalogueNothing() {
        return text("devicesCatalogueNothingLabel");
    }

    public void refreshCatalogue() {
        fire("devicesCatalogueRefreshButton");
    }

    /** Presses Download in the row of this name. */
    public void download(String name) {
        until("a button to get " + name, () -> getButton(name) != null);
        press(look(() -> getButton(name)));
    }

    public boolean canDownload(String name) {
        return look(() -> getButton(name) != null);
    }

    private Node getButton(String name) {
        return node("devicesCatalogueTable").lookupAll("#devicesCatalogueGetButton").stream()
                .filter(b -> b.getAccessibleText() != null && b.getAccessibleText().contains("“" + name + "”")).findFirst().orElse(null);
    }

    public void add() {
        fire(isEmptyState() ? "devicesEmptyAddButton" : "devicesAddButton");
        untilChoosing();
    }

    // parts --------------------------------------------------------------------------------------------------------------

    private Parent device(String name) {
        return rows("devicesListPane").stream().filter(row -> label(row, "devicesNameLabel").equals(name)).findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not on the list"));
    }

    private Parent offer(InfoHash hash) {
        return rows("devicesOffersPane").stream().filter(card -> hash.equals(card.getUserData())).findFirst()
                .orElseThrow(() -> new AssertionError("nothing like it is offered"));
    }

    private List<Parent> rows(String pane) {
        return visible(pane) ? ((Parent) node(pane)).getChildrenUnmodifiable().stream().map(Parent.class::cast).toList() : List.of();
    }

    private static String label(Parent row, String id) {
        return ((Labeled) row.lookup("#" + id)).getText();
    }

    private void press(Node button) {
        until("#" + button.getId() + " is enabled", () -> !button.isDisabled());
        robot.interact(((ButtonBase) button)::fire);
        WaitForAsyncUtils.waitForFxEvents();
    }
}

package org.sallyport.ui.pages;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javafx.css.PseudoClass;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import org.sallyport.core.model.SocketSnapshot;
import org.testfx.api.FxRobot;

/** The Safety screen. */
public final class SafetyPage extends Page {
    public SafetyPage(FxRobot robot) {
        super(robot);
    }

    public boolean shown() {
        return visible("safetyPane");
    }

    public String scanner() {
        return text("safetyScannerBadge");
    }

    public void findScanner() {
        fire("safetyScannerButton");
    }

    public void checkNow() {
        click("safetyCheckButton");
    }

    public String verdict() {
        return text("safetyPortBadge");
    }

    /** The card is red. */
    public boolean alarmed() {
        return node("safetyPortPane").getPseudoClassStates().contains(PseudoClass.getPseudoClass("breached"));
    }

    public String network() {
        return text("safetyNetworkBadge");
    }

    public List<SocketSnapshot> sockets() {
        TableView<SocketSnapshot> table = node("safetySocketsTable");
        AtomicReference<List<SocketSnapshot>> rows = new AtomicReference<>(List.of());
        robot.interact(() -> rows.set(List.copyOf(table.getItems())));
        return rows.get();
    }

    /** @param format Nft, Ufw or Windows */
    public void format(String format) {
        RadioButton choice = node("safety" + format + "Choice");
        robot.interact(choice::fire);
    }

    public String recipe() {
        return text("safetyRecipeField");
    }

    /** Presses Copy. @return what is on the clipboard then */
    public String copy() {
        fire("safetyCopyButton");
        node("safetyCopiedLabel");
        AtomicReference<String> copied = new AtomicReference<>("");
        robot.interact(() -> copied.set(Clipboard.getSystemClipboard().getString()));
        return copied.get();
    }

    public boolean copiedShown() {
        return visible("safetyCopiedLabel");
    }

    public String blocklist() {
        return text("safetyBlocklistLabel");
    }

    public void loadBlocklist() {
        fire("safetyBlocklistLoadButton");
    }

    public void clearBlocklist() {
        fire("safetyBlocklistClearButton");
    }

    public boolean canClear() {
        return !node("safetyBlocklistClearButton").isDisabled();
    }

    public String notice() {
        return text("safetyNoticeLabel");
    }

    public String noticeRule() {
        return text("safetyNoticeRuleLabel");
    }
}

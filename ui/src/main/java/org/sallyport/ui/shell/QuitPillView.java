package org.sallyport.ui.shell;

import java.time.ZonedDateTime;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.model.QuitMode;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.i18n.Messages;

/** The button in the top bar that says, and lets choose, when the program ends by itself. */
final class QuitPillView {
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");

    private final QuitViewModel model;
    private final Node root;

    @FXML private MenuButton quitModeChoice;
    @FXML private Tooltip quitTooltip;
    @FXML private ToggleGroup quitGroup;
    @FXML private RadioMenuItem quitOffItem;
    @FXML private RadioMenuItem quitAllDoneItem;
    @FXML private RadioMenuItem quitOneDoneItem;
    @FXML private RadioMenuItem quitSharedItem;
    @FXML private Menu quitTimeItem;

    QuitPillView(QuitViewModel model) {
        this.model = model;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        model.stateProperty().addListener((o, old, now) -> show());
        quitModeChoice.showingProperty().addListener((o, was, is) -> offer());
        offer();
        show();
    }

    /** What depends on the moment the menu is opened. */
    private void offer() {
        quitOneDoneItem.setText(model.selectedText());
        quitOneDoneItem.setDisable(model.selectedDone().isEmpty());
        quitTimeItem.getItems().setAll(QuitViewModel.times(ZonedDateTime.now()).stream().map(this::timeItem).toList());
    }

    private MenuItem timeItem(ZonedDateTime at) {
        MenuItem item = new MenuItem(QuitViewModel.clock(at));
        item.setId("quitAt" + String.format(Locale.ROOT, "%02d", at.getHour()) + "Item");
        item.setOnAction(e -> choose(new QuitMode.AtTime(at.toInstant())));
        return item;
    }

    private void show() {
        QuitMode.Kind kind = model.state().mode().kind();
        quitModeChoice.setText(model.pillText());
        quitModeChoice.setAccessibleText(Messages.text("quit.pill.spoken") + ". " + model.state().sentence());
        quitModeChoice.pseudoClassStateChanged(ON, kind != QuitMode.Kind.OFF);
        quitTooltip.setText(model.state().sentence().isEmpty() ? Messages.text("quit.pill.tip") : model.state().sentence());
        switch (kind) {
            case OFF -> select(quitOffItem);
            case ALL_DONE -> select(quitAllDoneItem);
            case ONE_DONE -> select(quitOneDoneItem);
            case SHARED -> select(quitSharedItem);
            case AT_TIME -> select(null);
        }
    }

    private void select(@Nullable Toggle item) {
        quitGroup.selectToggle(item);
    }

    /** The click has marked the item; what is in force is marked again when the answer is there. */
    private void choose(QuitMode mode) {
        model.choose(mode).thenRun(this::show);
    }

    @FXML
    private void off() {
        choose(QuitMode.OFF);
    }

    @FXML
    private void allDone() {
        choose(QuitMode.ALL_DONE);
    }

    @FXML
    private void oneDone() {
        model.selectedDone().ifPresent(this::choose);
    }

    @FXML
    private void shared() {
        choose(QuitMode.SHARED);
    }

    Node root() {
        return root;
    }
}

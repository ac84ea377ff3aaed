package org.sallyport.ui.safety;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.engine.FirewallRecipe;
import org.sallyport.core.model.BlocklistState;
import org.sallyport.core.model.PortAudit;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.SocketSnapshot;
import org.sallyport.ui.control.Clip;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** The Safety screen: the one port and every socket besides it, firewall rules to copy, the blocklist. */
public final class SafetyView {
    private static final PseudoClass BREACHED = PseudoClass.getPseudoClass("breached");
    private static final PseudoClass UNSURE = PseudoClass.getPseudoClass("unsure");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final int MAX_ROWS = 8;
    private static final double HEAD = 46;

    private final SafetyViewModel model;
    private final FilePicker picker;
    private final Parent root;

    @FXML private NoticeBar safetyNoticePane;
    @FXML private VBox safetyScannerPane;
    @FXML private Label safetyScannerBadge;
    @FXML private FontIcon safetyScannerIcon;
    @FXML private Label safetyScannerLabel;
    @FXML private Button safetyScannerButton;
    @FXML private VBox safetyPortPane;
    @FXML private Label safetyPortBadge;
    @FXML private FontIcon safetyPortIcon;
    @FXML private Label safetyCheckedLabel;
    @FXML private TableView<SocketSnapshot> safetySocketsTable;
    @FXML private TableColumn<SocketSnapshot, Boolean> safetySocketExpectedColumn;
    @FXML private TableColumn<SocketSnapshot, String> safetySocketProtocolColumn;
    @FXML private TableColumn<SocketSnapshot, String> safetySocketPortColumn;
    @FXML private TableColumn<SocketSnapshot, String> safetySocketStateColumn;
    @FXML private TableColumn<SocketSnapshot, String> safetySocketOwnerColumn;
    @FXML private TableColumn<SocketSnapshot, String> safetySocketAddressColumn;
    @FXML private VBox safetyNetworkPane;
    @FXML private Label safetyNetworkBadge;
    @FXML private FontIcon safetyNetworkIcon;
    @FXML private Label safetyDhtLabel;
    @FXML private RadioButton safetyNftChoice;
    @FXML private RadioButton safetyUfwChoice;
    @FXML private RadioButton safetyWindowsChoice;
    @FXML private TextArea safetyRecipeField;
    @FXML private Label safetyCopiedLabel;
    @FXML private Label safetyBlocklistLabel;
    @FXML private Label safetyBlocklistLoadedLabel;
    @FXML private Button safetyBlocklistLoadButton;
    @FXML private Button safetyBlocklistClearButton;

    public SafetyView(SafetyViewModel model, FilePicker picker) {
        this.model = model;
        this.picker = picker;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        safetyNoticePane.noticeProperty().bindBidirectional(model.noticeProperty());
        safetyDhtLabel.textProperty().bind(model.dhtSentence());
        model.scannerProperty().addListener((o, old, now) -> show(now));
        show(model.scannerProperty().get());
        safetyScannerButton.disableProperty().bind(model.findingProperty());
        initializeTable();
        model.auditProperty().addListener((o, old, now) -> show(now));
        show(model.auditProperty().get());
        model.portProperty().addListener((o, old, now) -> show(now));
        show(model.portProperty().get());
        choice(safetyNftChoice, FirewallRecipe.Format.NFT);
        choice(safetyUfwChoice, FirewallRecipe.Format.UFW);
        choice(safetyWindowsChoice, FirewallRecipe.Format.WINDOWS);
        safetyRecipeField.textProperty().bind(model.recipe());
        safetyRecipeField.textProperty().addListener(o -> safetyCopiedLabel.setVisible(false));
        model.blocklistProperty().addListener((o, old, now) -> show(now));
        show(model.blocklistProperty().get());
        safetyBlocklistLoadButton.disableProperty().bind(model.loadingProperty());
    }

    private void choice(RadioButton button, FirewallRecipe.Format format) {
        button.setSelected(model.formatProperty().get() == format);
        button.setOnAction(e -> model.formatProperty().set(format));
    }

    private void initializeTable() {
        safetySocketsTable.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        safetySocketExpectedColumn.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().expected()));
        safetySocketExpectedColumn.setCellFactory(column -> new ExpectedCell());
        text(safetySocketProtocolColumn, SocketSnapshot::protocol, 90);
        text(safetySocketPortColumn, socket -> socket.port() == 0 ? "" : Integer.toString(socket.port()), 70);
        text(safetySocketStateColumn, socket -> Messages.text("safety.state." + socket.state()), 96);
        text(safetySocketOwnerColumn, SocketSnapshot::owner, 280);
        text(safetySocketAddressColumn, SocketSnapshot::address, 150);
        safetySocketExpectedColumn.setPrefWidth(130);
    }

    private static void text(TableColumn<SocketSnapshot, String> column, Function<SocketSnapshot, String> value, double width) {
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue())));
        column.setCellFactory(Columns.left(Function.identity()));
    }

    private void show(ScannerState scanner) {
        boolean ready = scanner.kind() == ScannerState.Kind.READY;
        safetyScannerPane.pseudoClassStateChanged(BREACHED, scanner.kind() == ScannerState.Kind.UNREACHABLE);
        safetyScannerPane.pseudoClassStateChanged(UNSURE, scanner.kind() == ScannerState.Kind.NONE || scanner.old());
        safetyScannerIcon.setIconCode(switch (scanner.kind()) {
            case READY -> scanner.old() ? Feather.ALERT_TRIANGLE : Feather.CHECK_CIRCLE;
            case UNREACHABLE -> Feather.ALERT_TRIANGLE;
            case NONE -> Feather.HELP_CIRCLE;
        });
        safetyScannerBadge.setText(scanner.sentence());
        String definitions = scanner.definitionsAt().equals(Instant.EPOCH) ? ""
                : Messages.text("safety.scanner.definitions", Words.day(scanner.definitionsAt()));
        safetyScannerLabel.setText(ready ? Messages.text("safety.scanner.ready", scanner.engine(), definitions, Words.size(scanner.largestBytes()))
                : Messages.text("safety.scanner.without"));
    }

    private void show(PortAudit audit) {
        boolean breached = !audit.unexpected().isEmpty();
        safetyPortPane.pseudoClassStateChanged(BREACHED, breached);
        safetyPortIcon.setIconCode(breached ? Feather.ALERT_TRIANGLE : Feather.SHIELD);
        safetyPortBadge.setText(audit.sentence().isEmpty() ? Messages.text("safety.port.looking") : audit.sentence());
        safetyCheckedLabel.setText(audit.sentence().isEmpty() ? "" : Messages.text("safety.port.checked", TIME.format(audit.at())));
        safetySocketsTable.getItems().setAll(audit.sockets());
        double rows = Math.max(2, Math.min(MAX_ROWS, audit.sockets().size()));
        safetySocketsTable.setMinHeight(HEAD + rows * safetySocketsTable.getFixedCellSize());
        safetySocketsTable.setPrefHeight(safetySocketsTable.getMinHeight());
    }

    private void show(PortState port) {
        boolean waiting = port.kind() == PortState.Kind.WAITING;
        safetyNetworkBadge.setText(waiting ? port.sentence() : port.network().isEmpty() ? Messages.text("safety.network.any")
                : Messages.text("safety.network.only", port.network()));
        safetyNetworkIcon.setIconCode(waiting ? Feather.PAUSE_CIRCLE : port.network().isEmpty() ? Feather.GLOBE : Feather.LOCK);
        safetyNetworkPane.pseudoClassStateChanged(BREACHED, waiting);
    }

    private void show(BlocklistState state) {
        safetyBlocklistLabel.setText(state.sentence());
        boolean loaded = state.kind() == BlocklistState.Kind.LOADED;
        safetyBlocklistLoadedLabel.setText(loaded ? Messages.text("safety.blocklist.loaded", Words.day(state.loadedAt())) : "");
        safetyBlocklistLoadedLabel.setManaged(loaded);
        safetyBlocklistClearButton.setDisable(state.kind() == BlocklistState.Kind.NONE);
    }

    @FXML
    private void findScanner() {
        model.findScanner();
    }

    @FXML
    private void check() {
        model.check();
    }

    @FXML
    private void copy() {
        Clip.text(safetyRecipeField.getText());
        safetyCopiedLabel.setVisible(true);
    }

    @FXML
    private void load() {
        picker.anyFile(root.getScene().getWindow(), Path.of(System.getProperty("user.home"))).ifPresent(model::load);
    }

    @FXML
    private void publishers() {
        PublishersView.show(root.getScene().getWindow(), model.publishers(), picker);
    }

    @FXML
    private void clear() {
        model.clear();
    }

    public Parent root() {
        return root;
    }
}

package org.sallyport.ui.settings;

import atlantafx.base.controls.ToggleSwitch;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Limits;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.control.NoticeBar;
import org.sallyport.ui.control.UploadWords;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.feed.FxThread;
import org.sallyport.ui.i18n.Messages;

/** The Settings screen: a choice takes effect when it is made, a typed value on Enter or when the field is left. */
public final class SettingsView {
    private final SettingsViewModel model;
    private final FilePicker picker;
    private final Parent root;

    @FXML private Label settingsSavedLabel;
    @FXML private NoticeBar settingsNoticePane;
    @FXML private TextField settingsFolderField;
    @FXML private ToggleSwitch settingsQuitCheck;
    @FXML private ChoiceBox<UploadPolicy> settingsUploadChoice;
    @FXML private ToggleSwitch settingsReceiveOnlyCheck;
    @FXML private TextField settingsPortField;
    @FXML private ComboBox<String> settingsNetworkChoice;
    @FXML private RadioButton settingsEncryptionOffChoice;
    @FXML private RadioButton settingsEncryptionPreferChoice;
    @FXML private RadioButton settingsEncryptionRequireChoice;
    @FXML private TextField settingsActiveDownloadsField;
    @FXML private TextField settingsActiveSeedsField;
    @FXML private TextField settingsConnectionsField;
    @FXML private TextField settingsConnectionsPerTorrentField;
    @FXML private TextField settingsUploadSlotsField;
    @FXML private TextField settingsSlowBelowField;
    @FXML private RadioButton settingsThemeSystemChoice;
    @FXML private RadioButton settingsThemeLightChoice;
    @FXML private RadioButton settingsThemeDarkChoice;
    @FXML private ToggleSwitch settingsDenseCheck;

    @FXML private ScrollPane settingsScrollPane;
    @FXML private VBox settingsSpeedPane;
    @FXML private VBox settingsEnoughPane;
    @FXML private VBox settingsOthersPane;
    @FXML private VBox settingsNamesPane;

    private SpeedView speed;
    private List<NumberField> numbers = List.of();
    private NetworkChoice network;

    /** A number one can type. */
    private record NumberField(TextField field, Function<Settings, Integer> read) { }

    public SettingsView(SettingsViewModel model, FilePicker picker) {
        this.model = model;
        this.picker = picker;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        settingsSavedLabel.visibleProperty().bind(model.savedProperty());
        settingsNoticePane.noticeProperty().bindBidirectional(model.noticeProperty());
        numbers = List.of(
                number(settingsPortField, "settings.port", 1024, 65535, Settings::port, Settings::withPort),
                limit(settingsActiveDownloadsField, "settings.activeDownloads", 1000, Limits::activeDownloads, Limits::withActiveDownloads),
                limit(settingsActiveSeedsField, "settings.activeSeeds", 1000, Limits::activeSeeds, Limits::withActiveSeeds),
                limit(settingsConnectionsField, "settings.connections", 2000, Limits::connections, Limits::withConnections),
                limit(settingsConnectionsPerTorrentField, "settings.connectionsPerTorrent", 500, Limits::connectionsPerTorrent,
                        Limits::withConnectionsPerTorrent),
                limit(settingsUploadSlotsField, "settings.uploadSlots", 100, Limits::uploadSlots, Limits::withUploadSlots));
        onCommit(settingsFolderField, () -> model.change(s -> s.withDownloadFolder(settingsFolderField.getText().strip())));
        settingsQuitCheck.selectedProperty().addListener((o, old, on) -> model.change(s -> s.withQuit(new Settings.Quit(on))));
        UploadWords.offer(settingsUploadChoice);
        settingsUploadChoice.valueProperty().addListener((o, old, usual) -> model.change(s -> s.withUploads(new Settings.Uploads(usual))));
        settingsReceiveOnlyCheck.selectedProperty().addListener((o, old, on) -> model.change(s -> s.withReceiveOnly(on)));
        settingsDenseCheck.selectedProperty().addListener((o, old, on) -> model.changeDense(on));
        RateField.bind(settingsSlowBelowField, model, s -> s.bandwidth().slowBelow(), BandwidthChange::slowBelow);
        speed = new SpeedView(model);
        settingsSpeedPane.getChildren().setAll(speed.root(), new ScheduleView(model).root(), new CapsView(model).root());
        settingsNamesPane.getChildren().setAll(new NamesView(model).root());
        settingsEnoughPane.getChildren().setAll(new EnoughView(model).root());
        settingsOthersPane.getChildren().setAll(new OthersView(model).root());
        network = new NetworkChoice(settingsNetworkChoice, model);
        settingsPortField.disableProperty().bind(settingsReceiveOnlyCheck.selectedProperty());
        model.settingsProperty().addListener((o, old, now) -> show(now));
        model.addAfterRefusal(() -> takeBack(model.settingsProperty().get()));
        show(model.settingsProperty().get());
    }

    private NumberField limit(TextField field, String name, int most, Function<Limits, Integer> read, BiFunction<Limits, Integer, Limits> write) {
        return number(field, name, 1, most, s -> read.apply(s.limits()), (s, value) -> s.withLimits(write.apply(s.limits(), value)));
    }

    private NumberField number(TextField field, String name, int least, int most, Function<Settings, Integer> read,
            SettingsViewModel.NumberChange write) {
        onCommit(field, () -> {
            if (!model.changeNumber(field.getText(), least, most, Messages.text(name), write)) {
                field.setText(Integer.toString(read.apply(model.settingsProperty().get())));
            }
        });
        return new NumberField(field, read);
    }

    private static void onCommit(TextField field, Runnable commit) {
        field.setOnAction(e -> commit.run());
        field.focusedProperty().addListener((o, was, is) -> {
            if (was) {
                commit.run();
            }
        });
    }

    /** Shows the settings in force; a field that is being typed in is left alone. */
    private void show(Settings settings) {
        fill(settingsFolderField, settings.downloadFolder());
        numbers.forEach(number -> fill(number.field(), Integer.toString(number.read().apply(settings))));
        settingsQuitCheck.setSelected(settings.quit().whenComplete());
        settingsUploadChoice.setValue(settings.uploads().usual());
        settingsReceiveOnlyCheck.setSelected(settings.receiveOnly());
        settingsDenseCheck.setSelected(settings.look().dense());
        network.show(settings);
        themeChoice(settings.look().theme()).setSelected(true);
        encryptionChoice(settings.encryption()).setSelected(true);
    }

    private static void fill(TextField field, String text) {
        if (!field.isFocused() && !field.getText().equals(text)) {
            field.setText(text);
        }
    }

    /** What was refused must not look as if it were in force, in the field that has the keyboard neither. */
    private void takeBack(Settings settings) {
        settingsFolderField.setText(settings.downloadFolder());
        numbers.forEach(number -> number.field().setText(Integer.toString(number.read().apply(settings))));
        show(settings);
    }

    private RadioButton themeChoice(Theme theme) {
        return switch (theme) {
            case SYSTEM -> settingsThemeSystemChoice;
            case LIGHT -> settingsThemeLightChoice;
            case DARK -> settingsThemeDarkChoice;
        };
    }

    private RadioButton encryptionChoice(Encryption encryption) {
        return switch (encryption) {
            case OFF -> settingsEncryptionOffChoice;
            case PREFER -> settingsEncryptionPreferChoice;
            case REQUIRE -> settingsEncryptionRequireChoice;
        };
    }

    @FXML
    private void browse() {
        String home = System.getProperty("user.home");
        Path start = Path.of(settingsFolderField.getText().replaceFirst("^~", java.util.regex.Matcher.quoteReplacement(home)));
        picker.folder(root.getScene().getWindow(), start).ifPresent(chosen -> model.change(s -> s.withDownloadFolder(chosen.toString())));
    }

    @FXML
    private void encryptionOff() {
        model.change(s -> s.withEncryption(Encryption.OFF));
    }

    @FXML
    private void encryptionPrefer() {
        model.change(s -> s.withEncryption(Encryption.PREFER));
    }

    @FXML
    private void encryptionRequire() {
        model.change(s -> s.withEncryption(Encryption.REQUIRE));
    }

    @FXML
    private void themeSystem() {
        model.changeTheme(Theme.SYSTEM);
    }

    @FXML
    private void themeLight() {
        model.changeTheme(Theme.LIGHT);
    }

    @FXML
    private void themeDark() {
        model.changeTheme(Theme.DARK);
    }

    /** Scrolls to where speed is set, and gives it the keyboard, when the screen has been laid out. */
    public void showSpeed() {
        FxThread.EXECUTOR.execute(() -> {
            root.applyCss();
            root.layout();
            double height = settingsScrollPane.getContent().getBoundsInLocal().getHeight() - settingsScrollPane.getViewportBounds().getHeight();
            double at = settingsSpeedPane.getBoundsInParent().getMinY();
            settingsScrollPane.setVvalue(height <= 0 ? 0 : Math.min(1, at / height));
            speed.focus();
        });
    }

    public Parent root() {
        return root;
    }
}

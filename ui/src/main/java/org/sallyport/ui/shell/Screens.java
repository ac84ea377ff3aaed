package org.sallyport.ui.shell;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Parent;
import org.sallyport.ui.devices.DevicesView;
import org.sallyport.ui.devices.DevicesViewModel;
import org.sallyport.ui.dialog.FilePicker;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.safety.QuarantineView;
import org.sallyport.ui.safety.QuarantineViewModel;
import org.sallyport.ui.safety.SafetyView;
import org.sallyport.ui.safety.SafetyViewModel;
import org.sallyport.ui.settings.SettingsView;
import org.sallyport.ui.settings.SettingsViewModel;
import org.sallyport.ui.sharing.NewShareView;
import org.sallyport.ui.sharing.SharingView;
import org.sallyport.ui.sharing.SharingViewModel;
import org.sallyport.ui.shell.ShellView.Section;

/** What the rail leads to, each screen made when it is first looked at, and which of them is shown. FX thread. */
final class Screens {
    private final EngineFeed feed;
    private final ShellView view;
    private final FilePicker files;
    private final SettingsViewModel settingsModel;
    private final SafetyViewModel safetyModel;
    private final DevicesViewModel devicesModel;
    private final Map<Section, Parent> made = new EnumMap<>(Section.class);
    private Optional<SettingsView> settings = Optional.empty();
    private Optional<Section> shown = Optional.empty();

    Screens(EngineFeed feed, ShellView view, Parent downloads, SettingsViewModel settingsModel, FilePicker files) {
        this.feed = feed;
        this.view = view;
        this.files = files;
        this.settingsModel = settingsModel;
        this.safetyModel = new SafetyViewModel(feed);
        this.devicesModel = new DevicesViewModel(feed);
        made.put(Section.DOWNLOADS, downloads);
    }

    void show(Section section) {
        shown = Optional.of(section);
        view.content(made.computeIfAbsent(section, this::make), section);
        safetyModel.shown(section == Section.SAFETY);
        settingsModel.shown(section == Section.SETTINGS);
        devicesModel.shown(section == Section.DEVICES);
    }

    /** Settings, where speed is set. */
    void showSpeed() {
        show(Section.SETTINGS);
        settings.ifPresent(SettingsView::showSpeed);
    }

    /** A page that the rail does not lead to. */
    void showPage(Parent page) {
        shown = Optional.empty();
        view.content(page);
    }

    /** Empty while a page is shown that the rail does not lead to. */
    Optional<Section> shown() {
        return shown;
    }

    private Parent make(Section section) {
        return switch (section) {
            case SHARING -> new SharingView(new SharingViewModel(feed), files, owner -> NewShareView.show(owner, feed, files)).root();
            case DEVICES -> new DevicesView(devicesModel, files).root();
            case QUARANTINE -> new QuarantineView(new QuarantineViewModel(feed)).root();
            case SAFETY -> new SafetyView(safetyModel, files).root();
            case SETTINGS -> {
                settings = Optional.of(new SettingsView(settingsModel, files));
                yield settings.get().root();
            }
            case DOWNLOADS -> throw new IllegalStateException("made before");
        };
    }
}

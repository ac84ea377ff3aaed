package org.sallyport.ui.settings;

import java.util.List;
import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.model.DhtState;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.LocalNetwork;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.i18n.Messages;

/** Sends each changed choice to the engine; what is shown are the settings in force. FX thread. */
public final class SettingsViewModel {
    private final EngineFeed feed;
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);
    private final BooleanProperty saved = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<List<LocalNetwork>> networks = new ReadOnlyObjectWrapper<>(List.of());
    private Runnable afterRefusal = () -> { };

    public SettingsViewModel(EngineFeed feed) {
        this.feed = feed;
    }

    /** Sends {@code change} applied to the settings in force; nothing when it changes nothing. */
    public void change(UnaryOperator<Settings> change) {
        Settings now = feed.settings();
        Settings wanted = change.apply(now);
        if (wanted.equals(now)) {
            return;
        }
        saved.set(false);
        feed.commands().changeSettings(wanted).thenAccept(outcome -> {
            notice.set(Notice.of(outcome));
            saved.set(outcome instanceof Outcome.Done);
            if (!outcome.isDone()) {
                afterRefusal.run();
            }
        });
    }

    /** The screen came into view, or went out of it: interfaces come and go. */
    public void shown(boolean value) {
        if (value) {
            feed.commands().networks().thenAccept(outcome -> {
                if (outcome instanceof Outcome.Done<List<LocalNetwork>> done) {
                    networks.set(done.value());
                }
            });
        }
    }

    /** @param name of the interface that may be used, empty for any */
    void changeNetwork(String name) {
        change(s -> s.withNetwork(new Settings.Network(name)));
    }

    /** The interfaces of this computer when the screen came into view. */
    ReadOnlyObjectProperty<List<LocalNetwork>> networksProperty() {
        return networks.getReadOnlyProperty();
    }

    /** Called when a change was not made, so that the old value can be shown again. */
    void addAfterRefusal(Runnable task) {
        Runnable before = afterRefusal;
        afterRefusal = () -> {
            before.run();
            task.run();
        };
    }

    /** Tells what was typed wrong; the old value stays. */
    void warn(String sentence) {
        saved.set(false);
        notice.set(Notice.warning(sentence));
    }

    /** What is sent and received, for how much of a cap is used. */
    ObservableValue<BandwidthState> bandwidthProperty() {
        return feed.snapshotProperty().map(EngineSnapshot::bandwidth);
    }

    /** How the search without trackers goes. */
    ObservableValue<DhtState> dhtProperty() {
        return feed.snapshotProperty().map(EngineSnapshot::dht);
    }

    public void changeTheme(Settings.Look.Theme theme) {
        change(s -> s.withLook(new Settings.Look(theme, s.look().dense())));
    }

    void changeDense(boolean dense) {
        change(s -> s.withLook(new Settings.Look(s.look().theme(), dense)));
    }

    /** Changes a number that was typed. @return false, with a notice, when it is not a number from {@code least} to {@code most} */
    boolean changeNumber(String text, int least, int most, String name, NumberChange change) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                change(settings -> change.apply(settings, value));
                return true;
            }
        } catch (NumberFormatException e) {
            // said below, as for a number out of range
        }
        saved.set(false);
        notice.set(Notice.warning(Messages.text("settings.number", name, Integer.toString(least), Integer.toString(most))));
        return false;
    }

    /** Puts a number into the settings. */
    @FunctionalInterface
    interface NumberChange {
        Settings apply(Settings settings, int value);
    }

    /** The settings in force. */
    public ReadOnlyObjectProperty<Settings> settingsProperty() {
        return feed.settingsProperty();
    }

    ObjectProperty<Notice> noticeProperty() {
        return notice;
    }

    /** The last change is in force. */
    BooleanProperty savedProperty() {
        return saved;
    }
}

package org.sallyport.ui.devices;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.Outcome;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.feed.FxThread;
import org.sallyport.ui.i18n.Messages;

/** What paired devices share with this one; asked when the screen is opened, when a device comes, and when typing has paused. FX thread. */
final class CatalogueViewModel {
    private static final Duration PAUSE = Duration.ofMillis(400);

    private final EngineFeed feed;
    private final TargetFolder folder;
    private final Consumer<Notice> tell;
    private final ObservableList<CatalogueItem> items = FXCollections.observableArrayList();
    private final StringProperty search = new SimpleStringProperty("");
    private final StringProperty nothing = new SimpleStringProperty("");
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private FxThread.Planned planned = () -> { };
    private Set<String> reached = Set.of();
    private boolean shown;
    private int asked;

    CatalogueViewModel(EngineFeed feed, TargetFolder folder, Consumer<Notice> tell) {
        this.feed = feed;
        this.folder = folder;
        this.tell = tell;
        feed.snapshotProperty().addListener((o, old, now) -> {
            look(false);
            mark(old, now);
        });
        search.addListener(o -> {
            planned.cancel();
            planned = FxThread.after(PAUSE, this::ask);
        });
    }

    void shown(boolean value) {
        shown = value;
        look(value);
    }

    private void look(boolean opened) {
        List<DeviceSnapshot> devices = feed.snapshot().devices().devices();
        Set<String> now = devices.stream().filter(DeviceSnapshot::connected).map(DeviceSnapshot::id).collect(Collectors.toSet());
        boolean changed = !now.equals(reached);
        if (shown && (opened || changed) && !devices.isEmpty()) {
            reached = now;
            ask();
        }
    }

    /** What is accepted, added or removed elsewhere shows here, too, without asking the devices again. */
    private void mark(EngineSnapshot old, EngineSnapshot now) {
        for (int i = 0; i < items.size(); i++) { // one by one: what stays as it is keeps the mouse and the keyboard
            CatalogueItem item = items.get(i);
            boolean came = now.find(item.hash()).isPresent();
            boolean went = !came && old.find(item.hash()).isPresent();
            if (came && !item.present() || went && item.present()) {
                items.set(i, present(item, came));
            }
        }
    }

    /** Asks now. An answer that was overtaken by a later question is dropped. */
    void ask() {
        planned.cancel();
        int question = ++asked;
        String wanted = search.get().strip();
        busy.set(true);
        nothing.set(Messages.text("devices.catalogue.asking"));
        feed.commands().devices().catalogue("", wanted).thenAccept(outcome -> {
            if (question == asked) {
                answered(wanted, outcome);
            }
        });
    }

    private void answered(String wanted, Outcome<List<CatalogueItem>> outcome) {
        busy.set(false);
        if (outcome instanceof Outcome.Done<List<CatalogueItem>> done) {
            items.setAll(done.value());
            nothing.set(wanted.isEmpty() ? Messages.text("devices.catalogue.nothing") : Messages.text("devices.catalogue.notFound", wanted));
        } else {
            items.clear();
            nothing.set(Notice.of(outcome).sentence());
            tell.accept(Notice.of(outcome));
        }
    }

    void download(CatalogueItem item) {
        feed.commands().devices().take(item, folder.get()).thenAccept(outcome -> {
            tell.accept(outcome.isDone() ? Notice.done(Messages.text("devices.catalogue.taken", item.name())) : Notice.of(outcome));
            if (outcome.isDone()) {
                items.replaceAll(i -> i.hash().equals(item.hash()) ? present(i, true) : i);
            }
        });
    }

    private static CatalogueItem present(CatalogueItem i, boolean present) {
        return new CatalogueItem(i.hash(), i.deviceId(), i.deviceName(), i.name(), i.bytes(), i.files(), i.note(), present);
    }

    ObservableList<CatalogueItem> items() {
        return items;
    }

    StringProperty searchProperty() {
        return search;
    }

    /** Why there are no items. */
    StringProperty nothingProperty() {
        return nothing;
    }

    BooleanProperty busyProperty() {
        return busy;
    }

    TargetFolder folder() {
        return folder;
    }
}

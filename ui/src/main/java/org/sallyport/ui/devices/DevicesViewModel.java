package org.sallyport.ui.devices;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DevicesState;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.DeviceCommands;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.i18n.Messages;

/** This device, those it trusts and what they offer, as the last snapshot has them; sends what is to be done. FX thread. */
public final class DevicesViewModel {
    private final EngineFeed feed;
    private final ReadOnlyObjectWrapper<DevicesState> state;
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);
    private final TargetFolder folder;
    private final CatalogueViewModel catalogue;

    public DevicesViewModel(EngineFeed feed) {
        this.feed = feed;
        this.state = new ReadOnlyObjectWrapper<>(feed.snapshot().devices());
        this.folder = new TargetFolder(feed);
        this.catalogue = new CatalogueViewModel(feed, folder, notice::set);
        feed.snapshotProperty().addListener((o, old, now) -> state.set(now.devices()));
    }

    /** The screen came into view, or went out of it. */
    public void shown(boolean value) {
        catalogue.shown(value);
        if (value && state.get().ownId().isEmpty() && state.get().trouble().isEmpty()) { // whoever never looks here has no key to look after
            commands().identify();
        }
    }

    CatalogueViewModel catalogue() {
        return catalogue;
    }

    EngineFeed feed() {
        return feed;
    }

    /** When the state was so. */
    Instant at() {
        return feed.snapshot().at();
    }

    void send(DeviceSnapshot to, Path path, String note) {
        String name = path.getFileName() == null ? path.toString() : path.getFileName().toString();
        notice.set(Notice.info(Messages.text("devices.send.preparing", name, to.name())));
        tell(commands().send(to.id(), path, note), Messages.text(to.connected() ? "devices.send.offered" : "devices.send.waits", name, to.name()));
    }

    /** @return completes when it was answered, or could not be */
    CompletableFuture<Void> accept(DeviceOffer offer) {
        return tell(commands().accept(offer.hash(), folder.get()), Messages.text("devices.offer.accepted", offer.name()));
    }

    /** @return as for {@link #accept} */
    CompletableFuture<Void> decline(DeviceOffer offer) {
        return tell(commands().decline(offer.hash()), Messages.text("devices.offer.declined", offer.name(), offer.deviceName()));
    }

    void remove(DeviceSnapshot device) {
        tell(commands().remove(device.id()), Messages.text("devices.removed", device.name()));
    }

    void resetIdentity() {
        tell(commands().resetIdentity(), Messages.text("devices.reset.done"));
    }

    /** @return whether it is called so now */
    CompletableFuture<Boolean> nameOwn(String name) {
        return commands().nameOwn(name).thenApply(outcome -> {
            notice.set(Notice.of(outcome));
            return outcome.isDone();
        });
    }

    /** Changes what differs. @return nothing to say when all was done, or why not */
    CompletableFuture<Notice> edit(DeviceSnapshot device, String name, List<PeerAddress> addresses) {
        CompletableFuture<Outcome<String>> renamed = name.equals(device.name())
                ? CompletableFuture.completedFuture(Outcome.done(device.id())) : commands().rename(device.id(), name);
        return renamed.thenCompose(outcome -> outcome.isDone() && !addresses.equals(device.addresses())
                ? commands().readdress(device.id(), addresses) : CompletableFuture.completedFuture(outcome)).thenApply(Notice::of);
    }

    private CompletableFuture<Void> tell(CompletableFuture<? extends Outcome<?>> running, String done) {
        return running.thenAccept(outcome -> notice.set(outcome.isDone() ? Notice.done(done) : Notice.of(outcome)));
    }

    private DeviceCommands commands() {
        return feed.commands().devices();
    }

    TargetFolder folder() {
        return folder;
    }

    ReadOnlyObjectProperty<DevicesState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    ObjectProperty<Notice> noticeProperty() {
        return notice;
    }
}

package org.sallyport.ui.devices;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PairingState.Stage;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.DeviceCommands;
import org.sallyport.ui.feed.EngineFeed;

/** How far the adding of one device is: follows the engine's pairing, and knows what the person chose before there is one. FX thread. */
final class PairingViewModel {

    /** What the dialog shows. ENTER also while the other device is called. */
    enum Step { CHOOSE, SHOW, ENTER, COMPARE, WAITING, PAIRED, ENDED, BY_ID }

    private final EngineFeed feed;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.CHOOSE);
    private final ReadOnlyObjectWrapper<PairingState> pairing = new ReadOnlyObjectWrapper<>(PairingState.NONE);
    private final ReadOnlyObjectWrapper<Duration> left = new ReadOnlyObjectWrapper<>(Duration.ZERO);
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final InvalidationListener listener = o -> look();
    /** What there was when the last command was sent, until a snapshot tells something else: one that still tells it is older. */
    private List<PairingState> past = List.of();
    /** There is a pairing of this dialog; what else the engine tells of does not turn its pages. */
    private boolean following;

    PairingViewModel(EngineFeed feed) {
        this.feed = feed;
        this.following = isUnderWay(feed.snapshot().devices().pairing());
        feed.snapshotProperty().addListener(listener);
        look();
    }

    private void look() {
        PairingState now = feed.snapshot().devices().pairing();
        if (following && !past.contains(now)) {
            past = List.of();
            follow(now);
        }
        count();
    }

    private void count() {
        PairingState now = pairing.get();
        left.set(now.stage() == Stage.OFFERING ? Duration.between(feed.snapshot().at(), now.expiresAt()) : Duration.ZERO);
    }

    private void follow(PairingState now) {
        if (now.equals(pairing.get())) {
            return;
        }
        pairing.set(now);
        count();
        busy.set(now.stage() == Stage.CONNECTING);
        notice.set(Notice.NONE);
        step.set(switch (now.stage()) {
            case NONE -> Step.CHOOSE;
            case OFFERING -> Step.SHOW;
            case CONNECTING -> Step.ENTER;
            case COMPARING -> Step.COMPARE;
            case WAITING -> Step.WAITING;
            case PAIRED -> Step.PAIRED;
            case ENDED -> Step.ENDED;
        });
    }

    void showCode() {
        send(commands().offer());
    }

    void enterCode() {
        notice.set(Notice.NONE);
        step.set(Step.ENTER);
    }

    void byId() {
        notice.set(Notice.NONE);
        step.set(Step.BY_ID);
    }

    void pair(String code) {
        send(commands().pair(code.strip()));
    }

    /** The person has compared the words. */
    void confirm(boolean same) {
        send(commands().confirm(same));
    }

    private void send(CompletableFuture<Outcome<PairingState>> running) {
        past = List.of(feed.snapshot().devices().pairing());
        following = true;
        notice.set(Notice.NONE);
        busy.set(true);
        running.thenAccept(outcome -> {
            if (!following) {
                return;
            }
            busy.set(false);
            notice.set(Notice.of(outcome));
            if (outcome instanceof Outcome.Done<PairingState> done) {
                follow(done.value());
            }
        });
    }

    /** Leaves what is under way and begins again. */
    void startOver() {
        cancel();
        following = false;
        busy.set(false);
        pairing.set(PairingState.NONE);
        notice.set(Notice.NONE);
        step.set(Step.CHOOSE);
    }

    /** Adds a device by its id. @param added told when it is on the list */
    void add(String id, String name, List<PeerAddress> addresses, Runnable added) {
        busy.set(true);
        commands().add(id.strip(), name.strip(), addresses).thenAccept(outcome -> {
            busy.set(false);
            notice.set(Notice.of(outcome));
            if (outcome.isDone()) {
                added.run();
            }
        });
    }

    /** Calls the device that was just paired {@code name}. @param done told when it is called so */
    void rename(String name, Runnable done) {
        if (name.isEmpty() || name.equals(pairing.get().otherName())) {
            done.run();
            return;
        }
        commands().rename(pairing.get().otherId(), name).thenAccept(outcome -> {
            notice.set(Notice.of(outcome));
            if (outcome.isDone()) {
                done.run();
            }
        });
    }

    /** The dialog was closed: nothing goes on without it. */
    void close() {
        feed.snapshotProperty().removeListener(listener);
        cancel();
    }

    private void cancel() {
        if (isUnderWay(pairing.get()) || following && busy.get()) {
            commands().cancelPairing();
        }
    }

    private static boolean isUnderWay(PairingState now) {
        return switch (now.stage()) {
            case OFFERING, CONNECTING, COMPARING, WAITING -> true;
            case NONE, PAIRED, ENDED -> false;
        };
    }

    private DeviceCommands commands() {
        return feed.commands().devices();
    }

    void tell(Notice words) {
        notice.set(words);
    }

    String ownId() {
        return feed.snapshot().devices().ownId();
    }

    ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<PairingState> pairingProperty() {
        return pairing.getReadOnlyProperty();
    }

    /** How long the code that is shown is good. */
    ReadOnlyObjectProperty<Duration> leftProperty() {
        return left.getReadOnlyProperty();
    }

    ObjectProperty<Notice> noticeProperty() {
        return notice;
    }

    /** A command is under way, or the other device is being called. */
    BooleanProperty busyProperty() {
        return busy;
    }
}

package org.sallyport.ui.safety;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.sallyport.core.engine.FirewallRecipe;
import org.sallyport.core.model.BlocklistState;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PortAudit;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.ScannerState;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.feed.PublisherCommands;

/** The last audit, a recipe for the port in use, and the blocklist in force; sends what is to be done about them. FX thread. */
public final class SafetyViewModel {
    private static final PortAudit NOT_YET = new PortAudit(Instant.EPOCH, true, List.of(), "");

    private final EngineFeed feed;
    private final ReadOnlyObjectWrapper<PortAudit> audit = new ReadOnlyObjectWrapper<>(NOT_YET);
    private final ReadOnlyObjectWrapper<PortState> port;
    private final ReadOnlyObjectWrapper<BlocklistState> blocklist;
    private final ObjectProperty<FirewallRecipe.Format> format = new SimpleObjectProperty<>(FirewallRecipe.Format.NFT);
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);
    private final ReadOnlyObjectWrapper<ScannerState> scanner;
    private final BooleanProperty finding = new SimpleBooleanProperty();
    private final BooleanProperty loading = new SimpleBooleanProperty();
    private boolean shown;

    public SafetyViewModel(EngineFeed feed) {
        this.feed = feed;
        this.scanner = new ReadOnlyObjectWrapper<>(feed.snapshot().quarantine().scanner());
        this.port = new ReadOnlyObjectWrapper<>(feed.snapshot().port());
        this.blocklist = new ReadOnlyObjectWrapper<>(feed.blocklist());
        feed.snapshotProperty().addListener((o, old, now) -> {
            port.set(now.port());
            scanner.set(now.quarantine().scanner());
            blocklist.set(feed.blocklist());
        });
        port.addListener(o -> look());
    }

    /** The screen came into view, or went out of it. */
    public void shown(boolean value) {
        shown = value;
        look();
    }

    /** The port, and the network it is held to. */
    ReadOnlyObjectProperty<PortState> portProperty() {
        return port.getReadOnlyProperty();
    }

    private void look() {
        if (shown) {
            check();
        }
    }

    void check() {
        carry(feed.commands().auditPort(), audit::set);
    }

    /** Looks for the virus scanner, and has it find a harmless test file. */
    void findScanner() {
        finding.set(true);
        carry(feed.commands().quarantine().findScanner(), scanner::set).whenComplete((outcome, problem) -> finding.set(false));
    }

    /** The virus scanner as it was when it was last asked. */
    ReadOnlyObjectProperty<ScannerState> scannerProperty() {
        return scanner.getReadOnlyProperty();
    }

    /** It is being looked for. */
    BooleanProperty findingProperty() {
        return finding;
    }

    void load(Path file) {
        loading.set(true);
        carry(feed.commands().loadBlocklist(file), blocklist::set).whenComplete((outcome, problem) -> loading.set(false));
    }

    void clear() {
        carry(feed.commands().clearBlocklist(), blocklist::set);
    }

    private <T> CompletableFuture<Outcome<T>> carry(CompletableFuture<Outcome<T>> running, Consumer<T> show) {
        return running.thenApply(outcome -> {
            notice.set(Notice.of(outcome));
            if (outcome instanceof Outcome.Done<T> done) {
                show.accept(done.value());
            }
            return outcome;
        });
    }

    PublisherCommands publishers() {
        return feed.commands().publishers();
    }

    /** How the search for people without a tracker goes. */
    ObservableValue<String> dhtSentence() {
        return feed.snapshotProperty().map(snapshot -> snapshot.dht().sentence());
    }

    ReadOnlyObjectProperty<PortAudit> auditProperty() {
        return audit.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<BlocklistState> blocklistProperty() {
        return blocklist.getReadOnlyProperty();
    }

    ObjectProperty<FirewallRecipe.Format> formatProperty() {
        return format;
    }

    /** Rules for the port that is open now; for none in receive-only. */
    StringBinding recipe() {
        return Bindings.createStringBinding(() -> {
            PortState now = port.get();
            return FirewallRecipe.text(format.get(), now.kind() == PortState.Kind.OPEN ? now.port() : 0);
        }, port, format);
    }

    ObjectProperty<Notice> noticeProperty() {
        return notice;
    }

    /** A list is being read. */
    BooleanProperty loadingProperty() {
        return loading;
    }
}

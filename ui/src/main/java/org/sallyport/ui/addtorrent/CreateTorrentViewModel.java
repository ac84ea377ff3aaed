package org.sallyport.ui.addtorrent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.CreateRequest;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.ui.control.Folders;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.control.TierText;
import org.sallyport.ui.feed.EngineCommands;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** A torrent to be made: what of, for which trackers, where to; then its progress and what came of it. FX thread. */
final class CreateTorrentViewModel {
    /** Where the dialog stands. */
    enum Stage { EDITING, RUNNING, DONE }

    /** Choose by size; the first of {@link #pieceLengths()}. */
    static final int AUTOMATIC = 0;
    private static final int SMALLEST = 16 << 10;
    private static final int LARGEST = 16 << 20;

    private final EngineCommands commands;
    private final StringProperty source = new SimpleStringProperty("");
    private final StringProperty target = new SimpleStringProperty("");
    private final StringProperty trackers = new SimpleStringProperty("");
    private final StringProperty comment = new SimpleStringProperty("");
    private final ObservableList<PublisherSnapshot> signers = FXCollections.observableArrayList();
    private final StringProperty signer = new SimpleStringProperty("");
    private final BooleanProperty privateTorrent = new SimpleBooleanProperty();
    private final ObjectProperty<Integer> pieceLength = new SimpleObjectProperty<>(AUTOMATIC);
    private final ObjectProperty<Stage> stage = new SimpleObjectProperty<>(Stage.EDITING);
    private final DoubleProperty progress = new SimpleDoubleProperty();
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(Notice.NONE);
    private Runnable stop = () -> { };
    private boolean stopped;

    CreateTorrentViewModel(EngineCommands commands) {
        this.commands = commands;
        source.addListener((o, old, now) -> suggestTarget(old, now));
        commands.publishers().list().thenAccept(outcome -> outcome.fold(all -> signers.setAll(all.stream().filter(PublisherSnapshot::own).toList()),
                refusal -> false, problem -> false));
    }

    static List<Integer> pieceLengths() {
        List<Integer> lengths = new ArrayList<>(List.of(AUTOMATIC));
        for (int length = SMALLEST; length <= LARGEST; length *= 2) {
            lengths.add(length);
        }
        return lengths;
    }

    /** Beside the source, named after it, as long as the user has not chosen otherwise. */
    private void suggestTarget(String before, String now) {
        if (target.get().isBlank() || target.get().equals(suggestion(before))) {
            target.set(suggestion(now));
        }
    }

    private static String suggestion(String sourceText) {
        return Folders.isUsable(sourceText) && Folders.resolve(sourceText).getFileName() != null ? Folders.resolve(sourceText) + ".torrent" : "";
    }

    void create() {
        if (!Folders.isUsable(source.get()) || !Files.exists(Folders.resolve(source.get()))) {
            notice.set(Notice.warning(Messages.text("create.missing.source")));
            return;
        }
        if (!Folders.isUsable(target.get())) {
            notice.set(Notice.warning(Messages.text("create.missing.target")));
            return;
        }
        notice.set(Notice.NONE);
        progress.set(0);
        stopped = false;
        stage.set(Stage.RUNNING);
        CreateRequest request = new CreateRequest(Folders.resolve(source.get()), Folders.resolve(target.get()), pieceLength.get(),
                TierText.parse(trackers.get()), List.of(), privateTorrent.get(), comment.get().strip())
                .signedBy(signer.get(), Instant.MAX);
        EngineCommands.Creation creation = commands.create(request, progress::set);
        stop = creation.stop();
        creation.outcome().thenAccept(this::finished);
    }

    private void finished(Outcome<TorrentPreview> outcome) {
        stop = () -> { };
        if (outcome instanceof Outcome.Done<TorrentPreview> done) {
            progress.set(1);
            stage.set(Stage.DONE);
            TorrentPreview made = done.value();
            notice.set(Notice.done(Messages.text("create.done", made.name(), Words.size(made.totalBytes()),
                    Integer.toString(made.pieceCount()), Words.binarySize(made.pieceLength()))));
        } else {
            stage.set(Stage.EDITING);
            notice.set(stopped ? Notice.info(Messages.text("create.stopped")) : Notice.of(outcome));
        }
    }

    /** Ends the work if there is any. */
    void stop() {
        stopped = true;
        stop.run();
    }

    /** Adds what was made, with the data where it lies. @param seeding told the torrent */
    void seed(Consumer<InfoHash> seeding) {
        Path data = Folders.resolve(source.get());
        Path folder = data.getParent() == null ? data : data.getParent();
        commands.add(AddRequest.seed(Folders.resolve(target.get()), folder)).thenAccept(outcome -> {
            notice.set(Notice.of(outcome));
            if (outcome instanceof Outcome.Done<InfoHash> done) {
                seeding.accept(done.value());
            }
        });
    }

    StringProperty sourceProperty() {
        return source;
    }

    StringProperty targetProperty() {
        return target;
    }

    StringProperty trackersProperty() {
        return trackers;
    }

    /** In whose name it can be signed. */
    ObservableList<PublisherSnapshot> signers() {
        return signers;
    }

    /** Id of the publisher who signs it; empty for unsigned. */
    StringProperty signerProperty() {
        return signer;
    }

    StringProperty commentProperty() {
        return comment;
    }

    BooleanProperty privateTorrentProperty() {
        return privateTorrent;
    }

    ObjectProperty<Integer> pieceLengthProperty() {
        return pieceLength;
    }

    ObjectProperty<Stage> stageProperty() {
        return stage;
    }

    DoubleProperty progressProperty() {
        return progress;
    }

    ObjectProperty<Notice> noticeProperty() {
        return notice;
    }
}

package org.sallyport.ui.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.addtorrent.AddTorrents;
import org.sallyport.ui.addtorrent.CreateTorrentView;
import org.sallyport.ui.control.Look;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.control.WindowState;
import org.sallyport.ui.dialog.AboutView;
import org.sallyport.ui.dialog.Desktop;
import org.sallyport.ui.dialog.ShortcutsView;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.feed.FxThread;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.settings.SettingsViewModel;
import org.sallyport.ui.settings.WelcomeView;
import org.sallyport.ui.settings.WelcomeViewModel;
import org.sallyport.ui.shell.ShellView.Section;
import org.sallyport.ui.transfers.TransfersView;
import org.sallyport.ui.transfers.TransfersViewModel;

/** The one window: puts the screens together and carries what goes between them. FX thread, but for {@link WindowHandle}. */
public final class Shell implements WindowHandle, ShellView.Actions, TransfersView.Openers, WindowInput.Target {
    private static final List<String> ICONS = List.of("icon-32.png", "icon-64.png", "icon-128.png", "icon-256.png");

    private final Stage stage;
    private final AppHooks hooks;
    private final Desktop desktop;
    private final Runnable onClosed;
    private final EngineFeed feed;
    private final WindowState memory;
    private final TransfersViewModel transfersModel;
    private final SettingsViewModel settingsModel;
    private final ShellView view;
    private final TransfersView transfers;
    private final AddTorrents adding;
    private final QuitBarView quitBar;
    private final NetworkBarView networkBar;
    private final StopBarView stopBar;
    private final SpeedStatusView speed;
    private final Screens screens;
    private List<InfoHash> toSelect = List.of();

    private Shell(Stage stage, Engine engine, AppHooks hooks, Desktop desktop, Runnable onClosed) {
        this.stage = stage;
        this.hooks = hooks;
        this.desktop = desktop;
        this.onClosed = onClosed;
        this.feed = new EngineFeed(engine);
        this.memory = WindowState.load(hooks.windowStateFile());
        this.settingsModel = new SettingsViewModel(feed);
        this.transfersModel = new TransfersViewModel(feed, hooks::runSample, desktop.undoTime());
        this.view = new ShellView(feed, this);
        this.transfers = new TransfersView(feed, transfersModel, desktop, memory, this);
        this.screens = new Screens(feed, view, transfers.root(), settingsModel, desktop.files());
        this.adding = new AddTorrents(feed, stage, desktop.files(), transfersModel::settleRemovals, this::selectWhenListed);
        QuitViewModel quit = new QuitViewModel(feed, transfers::selectedOne, transfersModel.noticeProperty()::set);
        this.quitBar = new QuitBarView(quit, this::close);
        view.above(quitBar.root());
        this.networkBar = new NetworkBarView(feed, () -> show(Section.SETTINGS));
        view.above(networkBar.root());
        this.stopBar = new StopBarView(feed, screens::showSpeed);
        view.above(stopBar.root());
        this.speed = new SpeedStatusView(feed, settingsModel, screens::showSpeed);
        view.addToStatusBar(speed.root());
        transfers.addToTopBar(new QuitPillView(quit).root());
        if (!quit.state().last().isEmpty()) {
            transfersModel.noticeProperty().set(Notice.info(quit.state().last()));
        }
        // after the view model's own listener, so that the row is there: one for changes, as those for invalidation are called before all of them
        feed.snapshotProperty().addListener((o, old, now) -> selectListed());
    }

    /**
     * Builds the window on {@code stage} and shows it. FX thread.
     *
     * @param onClosed run when the window has been closed and everything pending was sent
     */
    public static Shell open(Stage stage, Engine engine, AppHooks hooks, Desktop desktop, Runnable onClosed) {
        Look.loadFonts();
        Shell shell = new Shell(stage, engine, hooks, desktop, onClosed);
        shell.show();
        return shell;
    }

    private void show() {
        Scene scene = new Scene(view.rootNode());
        Look.style(scene);
        stage.setScene(scene);
        stage.setTitle(Messages.text("app.name"));
        ICONS.forEach(icon -> stage.getIcons().add(new Image(Objects.requireNonNull(Shell.class.getResource(icon)).toExternalForm())));
        StagePlace.restore(stage, memory);
        new ThemeFollower(feed, stage, memory, SystemTheme::isDark);
        new WindowInput(scene, this);
        show(Section.DOWNLOADS);
        stage.setOnHidden(e -> closed());
        stage.show();
        if (feed.settings().welcomed()) {
            focusDownloads();
        } else {
            welcome();
        }
    }

    private void focusDownloads() {
        transfers.regions().stream().filter(Regions::isShown).findFirst().ifPresent(Node::requestFocus);
    }

    /** Shows the first page instead of the downloads; everything else of the window goes on. */
    private void welcome() {
        WelcomeView page = new WelcomeView(new WelcomeViewModel(feed, this::welcomed), desktop.files());
        screens.showPage(page.root());
        page.focus();
    }

    private void welcomed() {
        if (isWelcoming()) {
            show(Section.DOWNLOADS);
            focusDownloads();
        }
    }

    private boolean isWelcoming() {
        return screens.shown().isEmpty();
    }

    /** For what needs nothing of the downloads but to be seen there afterwards. */
    private void showDownloadsUnlessWelcoming() {
        if (!isWelcoming()) {
            show(Section.DOWNLOADS);
        }
    }

    private void closed() {
        transfersModel.settleRemovals();
        transfers.remember();
        StagePlace.remember(stage, memory);
        memory.save();
        feed.close();
        onClosed.run();
    }

    /** An added torrent is selected as soon as a snapshot has it. */
    private void selectWhenListed(InfoHash hash) {
        showDownloadsUnlessWelcoming();
        transfersModel.expect(hash);
        toSelect = List.of(hash);
        selectListed();
    }

    private void selectListed() {
        for (InfoHash hash : toSelect) {
            if (feed.snapshot().find(hash).isPresent()) {
                toSelect = List.of();
                transfers.select(hash);
            }
        }
    }

    @Override
    public void show(Section section) {
        screens.show(section);
    }

    @Override
    public void toggleSlow() {
        speed.toggle();
    }

    @Override
    public void about() {
        AboutView.show(stage, hooks.version());
    }

    @Override
    public void theme(Theme theme) {
        settingsModel.changeTheme(theme);
    }

    @Override
    public void chooseTorrents() {
        adding.choose();
    }

    @Override
    public void askForLink() {
        adding.askForLink();
    }

    @Override
    public void offerLinks(List<String> links) {
        showDownloadsUnlessWelcoming();
        adding.offerLinks(links);
    }

    @Override
    public void createTorrent() {
        CreateTorrentView.show(stage, feed, desktop, hash -> {
            transfersModel.settleRemovals();
            selectWhenListed(hash);
        });
    }

    @Override
    public void offer(List<Path> torrents) {
        showDownloadsUnlessWelcoming();
        adding.offer(torrents);
    }

    @Override
    public void explain(String sentence) {
        show(Section.DOWNLOADS);
        transfersModel.noticeProperty().set(Notice.info(sentence));
    }

    @Override
    public void search() {
        show(Section.DOWNLOADS);
        transfers.focusSearch();
    }

    @Override
    public void shortcuts() {
        ShortcutsView.show(stage);
    }

    @Override
    public void nextRegion() {
        List<Node> regions = new ArrayList<>(view.regions());
        regions.add(networkBar.region());
        regions.add(stopBar.region());
        regions.add(quitBar.region());
        if (screens.shown().filter(Section.DOWNLOADS::equals).isPresent()) {
            regions.addAll(transfers.regions());
        }
        Regions.focusNext(stage.getScene().getFocusOwner(), regions);
    }

    @Override
    public void bringToFront() {
        FxThread.EXECUTOR.execute(() -> {
            stage.setIconified(false);
            stage.show();
            stage.toFront();
            stage.requestFocus();
        });
    }

    @Override
    public void addTorrents(List<Path> files) {
        if (!files.isEmpty()) {
            List<Path> wanted = List.copyOf(files);
            FxThread.EXECUTOR.execute(() -> offer(wanted));
        }
    }

    @Override
    public void addMagnets(List<String> links) {
        if (!links.isEmpty()) {
            List<String> wanted = List.copyOf(links);
            FxThread.EXECUTOR.execute(() -> offerLinks(wanted));
        }
    }

    @Override
    public void close() {
        FxThread.EXECUTOR.execute(() -> {
            // dialogs first: GTK does not survive an owner that goes before what it owns
            List<Window> owned = new ArrayList<>(Window.getWindows());
            Collections.reverse(owned);
            owned.stream().filter(window -> window != stage).forEach(Window::hide);
            stage.hide();
        });
    }
}

package org.sallyport.ui.transfers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.ui.control.Fxml;
import org.sallyport.ui.dialog.Desktop;
import org.sallyport.ui.i18n.Messages;

/** The details pane: tabs that are built when first looked at, and only the one in front is kept up to date. */
final class DetailsView {
    private final DetailsViewModel model;
    private final Desktop desktop;
    private final Parent root;
    private final Map<Tab, Supplier<DetailsTab>> builders = new LinkedHashMap<>();
    private final Map<Tab, DetailsTab> built = new LinkedHashMap<>();

    @FXML private TabPane detailsTabPane;
    @FXML private Tab detailsOverviewTab;
    @FXML private Tab detailsFilesTab;
    @FXML private Tab detailsPeersTab;
    @FXML private Tab detailsTrackersTab;
    @FXML private Tab detailsSafetyTab;
    @FXML private Label detailsNothingLabel;

    DetailsView(DetailsViewModel model, Desktop desktop) {
        this.model = model;
        this.desktop = desktop;
        this.root = Fxml.load(this);
    }

    @FXML
    private void initialize() {
        builders.put(detailsOverviewTab, () -> new OverviewView(desktop, model.torrents()));
        builders.put(detailsFilesTab, () -> new FilesView(model.torrents(), desktop));
        builders.put(detailsPeersTab, () -> new PeersView(model.torrents()));
        builders.put(detailsTrackersTab, () -> new TrackersView(model.torrents()));
        builders.put(detailsSafetyTab, ScreeningView::new);
        detailsTabPane.getSelectionModel().selectedItemProperty().addListener((o, old, tab) -> {
            front();
            model.refresh();
        });
        model.deliverTo(this::show, this::show, this::showNothing);
        showNothing();
    }

    private DetailsTab front() {
        Tab tab = detailsTabPane.getSelectionModel().getSelectedItem();
        return built.computeIfAbsent(tab, t -> {
            DetailsTab content = builders.get(t).get();
            t.setContent(content.root());
            return content;
        });
    }

    private void show(TransferRow row) {
        front().show(row);
        detailsTabPane.setVisible(true);
        detailsNothingLabel.setVisible(false);
    }

    private void show(TorrentDetails details) {
        front().show(details);
    }

    private void showNothing() {
        built.values().forEach(DetailsTab::clear);
        detailsTabPane.setVisible(false);
        detailsNothingLabel.setVisible(true);
        detailsNothingLabel.setText(model.chosenCount() > 1
                ? Messages.text("details.several", Integer.toString(model.chosenCount())) : Messages.text("details.nothing"));
    }

    Parent root() {
        return root;
    }
}

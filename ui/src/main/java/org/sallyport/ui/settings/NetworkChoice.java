package org.sallyport.ui.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import org.sallyport.core.model.LocalNetwork;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.i18n.Messages;

/** Fills the choice of the network interface: any, those there are with their addresses, and the chosen one also while it is away. */
final class NetworkChoice {
    private final ComboBox<String> box;
    private final SettingsViewModel model;
    private boolean filling;

    NetworkChoice(ComboBox<String> box, SettingsViewModel model) {
        this.box = box;
        this.model = model;
        box.setCellFactory(list -> new Cell());
        box.setButtonCell(new Cell());
        box.valueProperty().addListener((o, old, name) -> {
            if (!filling && name != null) {
                model.changeNetwork(name);
            }
        });
        model.networksProperty().addListener(o -> show(model.settingsProperty().get()));
    }

    void show(Settings settings) {
        String chosen = settings.network().interfaceName();
        List<String> names = new ArrayList<>(List.of(""));
        model.networksProperty().get().forEach(each -> names.add(each.name()));
        if (!names.contains(chosen)) {
            names.add(chosen);
        }
        filling = true;
        if (!box.getItems().equals(names)) {
            box.getItems().setAll(names);
        }
        box.setValue(chosen);
        filling = false;
        box.setTooltip(new Tooltip(addresses(chosen)));
    }

    private Optional<LocalNetwork> find(String name) {
        return model.networksProperty().get().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private String label(String name) {
        if (name.isEmpty()) {
            return Messages.text("settings.network.any");
        }
        return find(name).filter(LocalNetwork::up).map(up -> name).orElseGet(() -> Messages.text("settings.network.away", name));
    }

    private String addresses(String name) {
        if (name.isEmpty()) {
            return Messages.text("settings.network.any.means");
        }
        return find(name).map(each -> String.join(", ", each.addresses())).filter(text -> !text.isEmpty())
                .orElseGet(() -> Messages.text("settings.network.noAddress"));
    }

    /** One interface, with its addresses in a tooltip. */
    private final class Cell extends ListCell<String> {
        @Override
        protected void updateItem(String name, boolean empty) {
            super.updateItem(name, empty);
            setText(empty || name == null ? "" : label(name));
            setTooltip(empty || name == null ? null : new Tooltip(addresses(name)));
        }
    }
}

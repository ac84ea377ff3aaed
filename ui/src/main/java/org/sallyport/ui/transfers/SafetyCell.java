package org.sallyport.ui.transfers;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.core.model.FileChecks;
import org.sallyport.ui.control.VerdictChip;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/** How far a torrent has come through screening, and what was found: an icon and a word; the whole of it in the tooltip. */
final class SafetyCell extends TableCell<TransferRow, Safety> {
    private final VerdictChip chip = new VerdictChip();
    private final Label progress = new Label("", new FontIcon(Feather.REFRESH_CW));
    private final Tooltip whole = new Tooltip();

    SafetyCell() {
        progress.getStyleClass().add("chip");
        whole.setWrapText(true);
        whole.setMaxWidth(420);
    }

    @Override
    protected void updateItem(Safety safety, boolean empty) {
        super.updateItem(safety, empty);
        setText("");
        if (empty || safety == null) {
            setGraphic(null);
            setTooltip(null);
            setAccessibleText("");
            return;
        }
        switch (safety.stage()) {
            case NONE -> {
                setText(Words.NONE);
                setGraphic(null);
            }
            case SOME -> {
                progress.setText(Messages.text("transfers.safety.some", Integer.toString(safety.checks().done()),
                        Integer.toString(safety.checks().files())));
                setGraphic(progress);
            }
            case VERDICT -> {
                chip.show(safety.verdict());
                setGraphic(chip);
            }
        }
        String words = words(safety);
        whole.setText(words);
        setTooltip(whole);
        setAccessibleText(words);
    }

    /** All of it, for who cannot see the icon, or wants to know more. */
    static String words(Safety safety) {
        FileChecks checks = safety.checks();
        String held = checks.held() == 0 ? "" : checks.held() == 1 ? Messages.text("transfers.safety.held.one")
                : Messages.text("transfers.safety.held", Integer.toString(checks.held()));
        String first = switch (safety.stage()) {
            case NONE -> Messages.text("transfers.safety.none");
            case SOME -> Messages.text("transfers.safety.some.spoken", Integer.toString(checks.done()), Integer.toString(checks.files()));
            case VERDICT -> Messages.text("verdict." + safety.verdict().kind())
                    + (safety.verdict().reason().isEmpty() ? "" : ": " + safety.verdict().reason());
        };
        return Stream.of(first, held).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}

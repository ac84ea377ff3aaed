package org.sallyport.ui.control;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.sallyport.ui.i18n.Messages;

/**
 * An inline bar that shows one {@link Notice} and takes no room without one. Its parts get ids derived from its own: a bar
 * {@code transfersNoticePane} has {@code transfersNoticeLabel}, {@code transfersNoticeRuleLabel} and {@code transfersNoticeDismissButton}.
 */
public final class NoticeBar extends HBox {
    private final ObjectProperty<Notice> notice = new SimpleObjectProperty<>(this, "notice", Notice.NONE);
    private final FontIcon icon = new FontIcon(Feather.INFO);
    private final Label sentence = new Label();
    private final Label rule = new Label();
    private final Button dismiss = new Button(null, new FontIcon(Feather.X));

    public NoticeBar() {
        getStyleClass().add("notice-bar");
        setAlignment(Pos.CENTER_LEFT);
        sentence.setWrapText(true);
        sentence.setMinHeight(Region.USE_PREF_SIZE);
        rule.getStyleClass().add("secondary");
        VBox words = new VBox(sentence, rule);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        dismiss.getStyleClass().addAll("button-icon", "flat");
        dismiss.setAccessibleText(Messages.text("notice.dismiss"));
        dismiss.setTooltip(new Tooltip(Messages.text("notice.dismiss")));
        dismiss.setOnAction(e -> notice.set(Notice.NONE));
        getChildren().addAll(icon, words, dismiss);
        setAccessibleRole(AccessibleRole.TEXT);
        idProperty().addListener((o, old, id) -> nameParts(id.replaceFirst("Pane$", "")));
        notice.addListener((o, old, now) -> show(now));
        show(Notice.NONE);
    }

    private void nameParts(String prefix) {
        sentence.setId(prefix + "Label");
        rule.setId(prefix + "RuleLabel");
        dismiss.setId(prefix + "DismissButton");
    }

    private void show(Notice now) {
        setVisible(!now.isEmpty());
        setManaged(!now.isEmpty());
        sentence.setText(now.sentence());
        rule.setText(now.rule().isEmpty() ? "" : Messages.text("notice.rule", now.rule()));
        rule.setManaged(!now.rule().isEmpty());
        icon.setIconCode(switch (now.kind()) {
            case INFO -> Feather.INFO;
            case DONE -> Feather.CHECK_CIRCLE;
            case WARNING -> Feather.ALERT_TRIANGLE;
            case REFUSED -> Feather.SHIELD;
            case FAILED -> Feather.ALERT_CIRCLE;
        });
        for (Notice.Kind kind : Notice.Kind.values()) {
            pseudoClassStateChanged(PseudoClass.getPseudoClass(kind.name().toLowerCase(java.util.Locale.ROOT)), kind == now.kind());
        }
        setAccessibleText(now.sentence() + " " + rule.getText());
    }

    public ObjectProperty<Notice> noticeProperty() {
        return notice;
    }

    /** Without the button, for dialogs that cannot go on. */
    public void setDismissable(boolean value) {
        dismiss.setVisible(value);
        dismiss.setManaged(value);
    }

    public boolean isDismissable() {
        return dismiss.isVisible();
    }
}

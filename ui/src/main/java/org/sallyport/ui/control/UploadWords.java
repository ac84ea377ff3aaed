package org.sallyport.ui.control;

import javafx.scene.control.ChoiceBox;
import javafx.util.StringConverter;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.ui.i18n.Messages;

/** How it reads when bytes of a torrent are sent to others. */
public final class UploadWords extends StringConverter<UploadPolicy> {

    /** Offers all four. */
    public static void offer(ChoiceBox<UploadPolicy> choice) {
        choice.getItems().setAll(UploadPolicy.values());
        choice.setConverter(new UploadWords());
    }

    /** As an entry to choose. */
    public static String choice(UploadPolicy policy) {
        return Messages.text("upload." + policy);
    }

    /** What sets a torrent apart from others; empty when nothing does. */
    public static String standing(Sharing sharing) {
        boolean devicesOnly = sharing.trustedOnly() && sharing.upload() == UploadPolicy.NORMAL;
        UploadPolicy policy = devicesOnly ? UploadPolicy.TRUSTED_ONLY : sharing.upload();
        return policy == UploadPolicy.NORMAL ? "" : Messages.text("upload.standing." + policy);
    }

    @Override
    public String toString(UploadPolicy policy) {
        return policy == null ? "" : choice(policy);
    }

    @Override
    public UploadPolicy fromString(String text) {
        throw new UnsupportedOperationException("a choice is not typed");
    }
}

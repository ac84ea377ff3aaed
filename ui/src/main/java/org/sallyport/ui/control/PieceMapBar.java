package org.sallyport.ui.control;

import java.util.BitSet;
import javafx.scene.canvas.GraphicsContext;
import org.sallyport.core.model.PieceMap;
import org.sallyport.ui.i18n.Messages;

/** A band with one stretch per piece: verified, being fetched, missing. */
public final class PieceMapBar extends Picture {
    private PieceMap pieces = new PieceMap(0, new BitSet(), new BitSet(), new byte[0]);

    public PieceMapBar() {
        super("piece-map");
        setMinSize(120, 16);
    }

    public void show(PieceMap map) {
        pieces = map;
        setAccessibleText(spoken(map));
        requestLayout();
    }

    /** "412 of 650 parts". */
    public static String spoken(PieceMap map) {
        return Messages.text("overview.pieces.count", Integer.toString(map.verifiedCount()), Integer.toString(map.count()));
    }

    @Override
    void draw(GraphicsContext pen, double width, double height) {
        pen.setFill(quiet());
        pen.fillRect(0, 0, width, height);
        int columns = (int) Math.ceil(width);
        for (int column = 0; column < columns && pieces.count() > 0; column++) {
            int from = (int) ((long) column * pieces.count() / columns);
            int to = Math.max(from + 1, (int) ((long) (column + 1) * pieces.count() / columns));
            int verified = 0;
            boolean partial = false;
            for (int piece = from; piece < to; piece++) {
                verified += pieces.isVerified(piece) ? 1 : 0;
                partial |= pieces.isPartial(piece);
            }
            if (verified > 0) {
                pen.setFill(quiet().interpolate(first(), (double) verified / (to - from)));
                pen.fillRect(column, 0, 1, height);
            }
            if (partial) {
                pen.setFill(second());
                pen.fillRect(column, height / 2, 1, height / 2);
            }
        }
    }
}

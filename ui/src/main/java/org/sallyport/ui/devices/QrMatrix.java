package org.sallyport.ui.devices;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/** Which modules of a QR code are dark. The only class that knows the library that works it out. */
final class QrMatrix {
    /** Light modules round it, without which readers do not find it (ISO/IEC 18004). */
    static final int QUIET_ZONE = 4;

    private final BitMatrix bits;

    private QrMatrix(BitMatrix bits) {
        this.bits = bits;
    }

    /** @throws IllegalArgumentException if {@code text} is too long for a QR code, about 2,300 characters */
    static QrMatrix of(String text) {
        try {
            return new QrMatrix(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0,
                    Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M, EncodeHintType.MARGIN, QUIET_ZONE)));
        } catch (WriterException e) {
            throw new IllegalArgumentException("no QR code holds " + text.length() + " characters", e);
        }
    }

    /** Modules in a row, with the quiet zone. */
    int size() {
        return bits.getWidth();
    }

    boolean dark(int x, int y) {
        return bits.get(x, y);
    }
}

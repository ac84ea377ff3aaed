package org.sallyport.planted.ui.safety;

import com.google.zxing.BarcodeFormat;

final class KnowsBarcodes {
    BarcodeFormat format() {
        return BarcodeFormat.QR_CODE;
    }
}

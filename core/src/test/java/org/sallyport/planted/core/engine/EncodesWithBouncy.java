package org.sallyport.planted.core.engine;

import org.bouncycastle.util.encoders.Base32;

final class EncodesWithBouncy {
    String encode(byte[] content) {
        return Base32.toBase32String(content);
    }
}

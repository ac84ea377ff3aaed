package org.sallyport.core.testkit;

import java.net.InetAddress;
import org.sallyport.core.model.PeerAddress;

/** Addresses from text, without a look-up. */
public final class Addresses {
    private Addresses() { }

    public static InetAddress of(String text) {
        return PeerAddress.parse((text.indexOf(':') < 0 ? text : "[" + text + "]") + ":1").host();
    }
}

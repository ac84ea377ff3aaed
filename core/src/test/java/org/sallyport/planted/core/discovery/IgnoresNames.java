package org.sallyport.planted.core.discovery;

import javax.net.ssl.HostnameVerifier;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;

final class IgnoresNames {
    HostnameVerifier verifier() {
        return NoopHostnameVerifier.INSTANCE;
    }
}

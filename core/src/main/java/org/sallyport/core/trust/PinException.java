package org.sallyport.core.trust;

import java.security.cert.CertificateException;
import org.sallyport.core.model.Refusal;

/** A certificate that is not the one expected; carries the rule out of the TLS machinery. */
final class PinException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    PinException(String rule, String sentence) {
        super(rule);
        this.refusal = new Refusal(rule, sentence);
    }

    Refusal refusal() {
        return refusal;
    }
}

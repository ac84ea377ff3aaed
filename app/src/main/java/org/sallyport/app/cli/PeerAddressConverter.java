package org.sallyport.app.cli;

import org.sallyport.core.model.PeerAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code --peer HOST:PORT}. */
final class PeerAddressConverter implements ITypeConverter<PeerAddress> {
    @Override
    public PeerAddress convert(String value) {
        try {
            return PeerAddress.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + value + "' is not IP:PORT, such as 192.0.2.7:51413 or [2001:db8::7]:51413");
        }
    }
}

package org.sallyport.app.cli;

import java.net.InetAddress;
import org.sallyport.core.model.PeerAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An address of a computer, with or without a port as the list of peers shows it; never a name, which is not looked up. */
final class HostAddress implements ITypeConverter<InetAddress> {
    @Override
    public InetAddress convert(String value) {
        boolean bareIpv6 = !value.startsWith("[") && value.indexOf(':') != value.lastIndexOf(':');
        String text = bareIpv6 ? "[" + value + "]:1" : value.contains(":") ? value : value + ":1";
        try {
            return PeerAddress.parse(text).host();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + value + "' is not the address of a computer, such as 192.0.2.7 or 2001:db8::7");
        }
    }
}

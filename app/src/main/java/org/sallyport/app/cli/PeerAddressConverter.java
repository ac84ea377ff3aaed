package org.sallyport.app.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.core.model.PeerAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code --peer HOST:PORT}. */
final class PeerAddressConverter implements ITypeConverter<PeerAddress> {
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    /** The last part of a name begins with a letter (RFC 1123, 2.1), which tells it from an address. */
    private static final Pattern NAMED = Pattern.compile("((?:" + LABEL + "\\.){0,50}(?=[A-Za-z])" + LABEL + "):([0-9]{1,5})");

    @Override
    public PeerAddress convert(String value) {
        Matcher named = NAMED.matcher(value);
        try {
            return named.matches() ? lookUp(named.group(1), Integer.parseInt(named.group(2))) : PeerAddress.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + value
                    + "' is not HOST:PORT, such as 192.0.2.7:51413, [2001:db8::7]:51413 or seedbox.example:51413");
        }
    }

    private static PeerAddress lookUp(String name, int port) {
        try {
            return new PeerAddress(InetAddress.getByName(name), port);
        } catch (UnknownHostException e) {
            throw new TypeConversionException("There is no computer called '" + name
                    + "', or names cannot be looked up now. Check the name, or give its address");
        }
    }
}

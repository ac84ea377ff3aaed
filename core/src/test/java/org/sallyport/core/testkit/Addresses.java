package org.sallyport.core.testkit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.sallyport.core.model.PeerAddress;

/** Addresses from text, without a look-up, and of this machine. */
public final class Addresses {
    private Addresses() { }

    /** One of this machine by which others on its network reach it; what goes there from here does not leave the machine. */
    public static InetAddress ofNetwork() throws SocketException {
        return NetworkInterface.networkInterfaces().filter(Addresses::isUp).flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress() && !address.isLinkLocalAddress()).findFirst()
                .orElseGet(() -> Machine.lacks("this computer has no address besides its loopback ones"));
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }

    public static InetAddress of(String text) {
        return PeerAddress.parse((text.indexOf(':') < 0 ? text : "[" + text + "]") + ":1").host();
    }
}

package org.sallyport.core.model;

import java.util.List;

/**
 * A network interface of this computer.
 *
 * @param name      as the system has it, such as {@code tun0}
 * @param up        it is switched on and connected
 * @param addresses its IP addresses as text; may be none
 */
public record LocalNetwork(String name, boolean up, List<String> addresses) {
    public LocalNetwork {
        addresses = List.copyOf(addresses);
    }
}

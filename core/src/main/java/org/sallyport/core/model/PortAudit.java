package org.sallyport.core.model;

import java.time.Instant;
import java.util.List;

/**
 * Every socket of this process, looked at once.
 *
 * @param fromSystem true when the operating system listed them; otherwise only what Sallyport knows it opened
 * @param sentence   what came of it, for a person
 */
public record PortAudit(Instant at, boolean fromSystem, List<SocketSnapshot> sockets, String sentence) {
    public PortAudit {
        sockets = List.copyOf(sockets);
    }

    /** Those that should not be there; empty when all is well. */
    public List<SocketSnapshot> unexpected() {
        return sockets.stream().filter(socket -> !socket.expected()).toList();
    }
}

package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.util.Optional;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;

/** May this address be asked for peers? The narrow view discovery has of policy. */
@FunctionalInterface
public interface SourceGate {

    /**
     * Asked on a tracker thread for every resolved address of every hop, before anything is sent there.
     *
     * @param url      the URL of this hop with our query: of the torrent, or where a tracker redirected to
     * @param resolved an address its host stands for; a connection goes to no other address than the ones asked about
     * @return why not, or empty when it may
     */
    Optional<Refusal> check(InfoHash hash, String url, InetAddress resolved);
}

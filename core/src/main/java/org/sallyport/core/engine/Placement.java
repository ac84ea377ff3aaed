package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.swarm.MetadataHost;

/** Puts what was admitted into the list, in the place of its magnet link if there was one. Command thread. */
final class Placement implements MagnetDesk.Library, Admissions.Known {
    private final Roster roster;
    private final CommandThread commands;
    private final Admissions admissions;
    private final Runnable publish;

    Placement(Roster roster, CommandThread commands, Admissions admissions, Runnable publish) {
        this.roster = roster;
        this.commands = commands;
        this.admissions = admissions;
        this.publish = publish;
    }

    @Override
    public InfoHash admit(Metainfo metainfo, AddRequest request, Set<MetadataHost.Known> peers)
            throws RefusedException, IOException, ExecutionException, TimeoutException {
        ManagedTorrent torrent = admissions.admit(metainfo, request, this);
        return commands.onLoop(() -> {
            torrent.acquaint(peers);
            roster.magnets().remove(torrent.hash());
            roster.put(torrent);
            publish.run();
            return torrent.hash();
        });
    }

    @Override
    public void publish() {
        publish.run();
    }

    @Override
    public boolean has(InfoHash hash) throws ExecutionException, TimeoutException {
        return commands.onLoop(() -> roster.find(hash).isPresent());
    }

    @Override
    public boolean occupies(Path root) throws ExecutionException, TimeoutException {
        return commands.onLoop(() -> roster.places().has(root));
    }
}

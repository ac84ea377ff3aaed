package org.sallyport.core.engine;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.sallyport.core.discovery.TorrentFetch;
import org.sallyport.core.discovery.TrackerClient;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.persist.DataDirectory;
import org.sallyport.core.policy.PolicyEngine;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.SettingsFile;
import org.sallyport.core.storage.DiskThreads;
import org.sallyport.core.storage.OpenFiles;
import org.sallyport.core.transport.NetworkGuard;
import org.sallyport.core.transport.NetworkLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the engine started and must stop: threads, sockets, files, settings. Command thread. */
record Machinery(
        DataDirectory directory, NetworkLoop loop, DiskThreads disk, OpenFiles files, NetworkGuard guard, Door door, TrackerClient trackers,
        ExecutorService trackerPool, WebServers webServers, Journal journal, FreeSpace freeSpace, AtomicReference<Settings> current,
        Blockade blockade,
        TorrentFetch torrentFetch) {
    private static final Logger LOG = LoggerFactory.getLogger(Machinery.class);

    /** Puts new settings in force: decided, the port moved, saved. If the new port is taken the old one is opened again. */
    Outcome<Settings> change(Settings wanted, PolicyEngine policy) throws IOException {
        Settings before = current.get();
        List<Refusal> denied = policy.decide(new PolicyRequest.ChangeSettings(before, wanted))
                .fold(List::<Refusal>of, deny -> List.of(deny.refusal()));
        if (!denied.isEmpty()) {
            return Outcome.refused(denied.get(0));
        }
        Settings inForce = wanted;
        boolean otherNetwork = !wanted.network().equals(before.network());
        boolean moved = wanted.port() != before.port() || wanted.receiveOnly() != before.receiveOnly() || otherNetwork;
        PortState was = door.state();
        String usedBefore = guard.way().name();
        if (moved) {
            try {
                if (otherNetwork) {
                    use(wanted.network().interfaceName());
                }
                inForce = openDoor(wanted);
            } catch (IOException e) {
                if (otherNetwork) {
                    use(usedBefore);
                }
                return Outcome.failed("Port " + wanted.port() + " is used by another program. " + (isOpenAgain(was)
                        ? "Choose another number; nothing was changed." : "The old one could not be opened again: choose another number."));
            }
        }
        try {
            SettingsFile.save(directory.settingsFile(), inForce);
        } catch (IOException e) {
            // what is in force is what is saved: the next start must not use another network or port than this run
            if (otherNetwork) {
                use(usedBefore);
            }
            if (moved) {
                isOpenAgain(was);
            }
            throw e;
        }
        current.set(inForce);
        return Outcome.done(inForce);
    }

    /** From here on nothing goes another way, and what goes one now is cut off. */
    private void use(String networkInterface) {
        guard.choose(networkInterface);
        guard.cutOff();
    }

    /** @return the settings with the port that was opened: 0 in them asks for one to be chosen and kept */
    private Settings openDoor(Settings settings) throws IOException {
        if (settings.receiveOnly()) {
            door.receiveOnly();
            return settings;
        }
        if (settings.port() == 0) {
            return settings.withPort(door.openFirst());
        }
        door.open(settings.port());
        return settings;
    }

    /** The door as it was, not as the settings have it: a port given for this run only is in no settings. */
    private boolean isOpenAgain(PortState was) {
        try {
            switch (was.kind()) {
                case OPEN, BUSY -> door.open(was.port());
                case RECEIVE_ONLY -> door.receiveOnly();
                case CLOSED -> door.shut();
                case WAITING -> openOrNot(was.port());
            }
            return true;
        } catch (IOException e) {
            LOG.warn("port {} cannot be opened again", was.port(), e);
            return false;
        }
    }

    private void openOrNot(int port) throws IOException {
        if (port == 0) {
            door.receiveOnly();
        } else {
            door.open(port);
        }
    }

    void close() {
        door.shut();
        blockade.close();
        trackerPool.shutdownNow();
        webServers.close();
        trackers.close();
        torrentFetch.close();
        disk.close();
        journal.close();
        loop.close();
        try {
            files.close();
            directory.close();
        } catch (IOException e) {
            LOG.warn("closing files failed", e);
        }
        try {
            trackerPool.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.sallyport.core.engine;

import org.sallyport.core.engine.WhyFacts.Trackers;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Why;
import org.sallyport.core.swarm.SwarmStanding;

/** Why a torrent is not getting on: the first cause that holds, what stops it altogether before what slows it down. Pure. */
final class WhyRule {
    private static final String WAIT = "There is nothing to do but wait: it goes on by itself.";
    /** A rate so near the limit is what the limit allows. */
    private static final double NEAR = 0.85;

    private WhyRule() { }

    static Why of(WhyFacts f) {
        return switch (f.state()) {
            case TROUBLE -> trouble(f);
            case PAUSED -> new Why("paused", "It is paused.", "Start it.");
            case CHECKING -> new Why("checking", "Its files are being checked, " + f.checked() + " % so far.", WAIT);
            case RELEASING, SEEDING, FINISHED -> Why.FINE;
            case QUEUED -> stopped(f) ? outside(f) : queued(f.ahead());
            case METADATA, DOWNLOADING -> stopped(f) ? outside(f) : exchanging(f);
        };
    }

    private static Why queued(int ahead) {
        String before = ahead <= 0 ? "" : ": " + (ahead == 1 ? "1 torrent is" : ahead + " torrents are") + " before it in the queue";
        return new Why("queued", "It waits for its turn" + before + ".", "Wait, move it up in the queue, or force it to run.");
    }

    private static Why trouble(WhyFacts f) {
        return switch (f.troubleKind()) {
            case DISK_FULL -> new Why("disk-full", f.trouble(), "Make room on that disk, or move the torrent to another one.");
            case MISSING -> new Why("files-missing", f.trouble(),
                    "Put the files back, say where they are now, or check it again to fetch them anew.");
            case CHANGED -> new Why("files-changed", f.trouble(), "Put the right files there, or check it again.");
            case DENIED -> new Why("folder-denied", f.trouble(), "Allow Sallyport to write there, or move the torrent to another folder.");
            case GATE -> new Why("not-shared", f.trouble(), "If it is right as it is, share it again.");
            case BROKEN -> new Why("disk-trouble", f.trouble(), "Check that the disk is connected and healthy. It is tried again by itself.");
        };
    }

    private static boolean stopped(WhyFacts f) {
        return f.bandwidth().mode() == BandwidthState.Mode.STOP;
    }

    /** Outside the hours or above the amount that the user set. */
    private static Why outside(WhyFacts f) {
        return new Why("stopped-by-plan", f.bandwidth().sentence().isEmpty() ? "The schedule or a data cap stops everything now."
                : sentence(f.bandwidth().sentence()),
                "Wait until it is over, or change the schedule or the cap.");
    }

    private static Why exchanging(WhyFacts f) {
        if (!f.awaited().isEmpty()) {
            return new Why("network-away", "The network interface " + f.awaited() + " is away, and nothing goes by another.",
                    "Connect it (start the VPN), or choose another interface in the settings.");
        }
        if (f.downRate() > 0) {
            return moving(f);
        }
        return f.peers().filter(peers -> peers.connected() > 0).map(peers -> connected(f, peers)).orElseGet(() -> alone(f));
    }

    private static Why moving(WhyFacts f) {
        if (f.limit() > 0 && f.downRate() >= f.limit() * NEAR) {
            return new Why("your-limit", "It is as fast as your limit for it allows.", "Raise its limit if it may be faster.");
        }
        if (allAtLimit(f)) {
            return f.downRate() >= f.allRate() * NEAR
                    ? new Why("your-limit", "It is as fast as your limit allows.", "Raise the limit if it may be faster.")
                    : shared();
        }
        return f.downRate() < f.slowBelow()
                ? new Why("slow-peers", "Only slow peers have what is missing.", "Wait. More peers may come, and it speeds up by itself.") : Why.FINE;
    }

    private static boolean allAtLimit(WhyFacts f) {
        return f.bandwidth().downLimit() > 0 && f.allRate() >= f.bandwidth().downLimit() * NEAR;
    }

    private static Why shared() {
        return new Why("shared-limit", "All downloads together are as fast as your limit allows, and the others have most of that.",
                "Raise the limit, or pause another download to leave more for this one.");
    }

    private static Why connected(WhyFacts f, SwarmStanding peers) {
        if (f.state() == TorrentState.METADATA) {
            return new Why("no-list", "The peers there are have not sent the list of files yet.",
                    "Wait, or use the .torrent file instead of the link.");
        }
        if (peers.missing() > 0 && peers.nowhere() == peers.missing()) {
            return new Why("nobody-has-it", "Nobody who is there now has "
                    + (peers.missing() == 1 ? "the one part that is" : "any of the " + peers.missing() + " parts that are")
                    + " missing.", "Wait until somebody comes who has the rest, or skip the files that lack it.");
        }
        if (peers.useful() == 0) {
            return new Why("nothing-new", "The connected peers have nothing that is missing here.", "Wait until others come.");
        }
        if (peers.willing() == 0) {
            return new Why("everybody-busy", peers.useful() == 1 ? "The one peer that has what is missing sends to others first."
                    : "All " + peers.useful() + " peers that have what is missing send to others first.",
                    "Wait for a turn. Allowing others to fetch from here gets more turns.");
        }
        if (allAtLimit(f)) {
            return shared();
        }
        return new Why("silent-peers", "Peers promised to send and have not sent anything yet.", WAIT);
    }

    private static Why alone(WhyFacts f) {
        if (f.trustedOnly()) {
            return new Why("device-away", "It comes from your trusted devices only, and none of them that has it can be reached.",
                    "Start Sallyport on the other device, and check that it is in the network.");
        }
        int known = f.peers().map(SwarmStanding::known).orElse(0);
        return known > 0 ? unreached(f, known) : unknown(f);
    }

    private static Why unreached(WhyFacts f, int known) {
        if (f.blocked() > 0 && f.blocked() >= known) {
            return new Why("blocklisted", "Your blocklist keeps out those who have it.", "Use a smaller blocklist, or wait for others.");
        }
        String nobody = known == 1 ? "The one peer that is known does not answer" : "None of the " + known + " peers that are known answers";
        if (f.obfuscation()) {
            return new Why("obfuscation-required", nobody + " in an obfuscated connection, which the settings require.",
                    "Choose \"Prefer\" instead of \"Require\" in the settings to reach more peers.");
        }
        return switch (f.door()) {
            case RECEIVE_ONLY -> new Why("receive-only", nobody + ", and in receive-only nobody can call here.",
                    "Wait, or open the port so that peers can call.");
            case BUSY, CLOSED, WAITING -> new Why("port-closed", nobody + ", and the port is not open, so nobody can call here.",
                    "Choose another port in the settings, or end the program that uses it.");
            case OPEN -> new Why("nobody-answers", nobody + ".",
                    "Wait: they are called again. If nobody ever answers, check the firewall.");
        };
    }

    private static Why unknown(WhyFacts f) {
        Trackers trackers = f.trackers();
        if (trackers.answering() > 0) {
            return new Why("nobody-there", "The tracker knows nobody who has it now.", "Wait until somebody comes, or look for another source.");
        }
        if (trackers.asking() > 0) {
            return new Why("asking", "The trackers are being asked who has it.", WAIT);
        }
        if (!trackers.refusal().isEmpty()) {
            return new Why("tracker-refused", "Nobody is known who has it. The tracker is not used: " + sentence(trackers.refusal()),
                    "Follow what it says, or give the torrent another tracker.");
        }
        if (!trackers.failure().isEmpty()) {
            return new Why("tracker-fails", "Nobody is known who has it. No tracker answers: " + sentence(trackers.failure()),
                    "Check the internet connection. It is asked again by itself; another tracker may help.");
        }
        return f.otherWays() ? new Why("looking", "Nobody has been found yet who has it.", WAIT)
                : new Why("no-source", "It names no tracker, and no other way to find peers may be used for it.",
                        "Give it a tracker, or name a peer.");
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}

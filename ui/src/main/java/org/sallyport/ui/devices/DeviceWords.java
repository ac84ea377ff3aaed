package org.sallyport.ui.devices;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DeviceSnapshot.Standing;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.ui.i18n.Messages;

/** Devices in words. */
final class DeviceWords {
    static final int MAX_ADDRESSES = 8;

    private DeviceWords() { }

    /** "Connected", "Last seen 3 minutes ago", "Waiting for the other side". */
    static String standing(DeviceSnapshot device, Instant now) {
        if (device.standing() == Standing.AWAITED) {
            return Messages.text("devices.awaited");
        }
        if (device.connected()) {
            return Messages.text("devices.connected");
        }
        boolean never = device.lastSeen().equals(Instant.EPOCH);
        return never ? Messages.text("devices.neverSeen") : Messages.text("devices.lastSeen", ago(device.lastSeen(), now));
    }

    /** "3 minutes ago"; what lies ahead because a clock was changed is "just now". */
    static String ago(Instant then, Instant now) {
        Duration past = Duration.between(then, now);
        if (past.toMinutes() < 1) {
            return Messages.text("devices.ago.now");
        }
        if (past.toHours() < 1) {
            return count("devices.ago.minute", "devices.ago.minutes", past.toMinutes());
        }
        if (past.toDays() < 1) {
            return count("devices.ago.hour", "devices.ago.hours", past.toHours());
        }
        return count("devices.ago.day", "devices.ago.days", past.toDays());
    }

    /** "1 file", "23 files". */
    static String files(int count) {
        return count("devices.file", "devices.files", count);
    }

    private static String count(String one, String many, long count) {
        return count == 1 ? Messages.text(one) : Messages.text(many, Long.toString(count));
    }

    /** {@code 9:05}, never below {@code 0:00}. */
    static String clock(Duration left) {
        long seconds = Math.max(0, left.toSeconds());
        return seconds / 60 + (seconds % 60 < 10 ? ":0" : ":") + seconds % 60;
    }

    /** The same for the ear. */
    static String clockSpoken(Duration left) {
        long seconds = Math.max(0, left.toSeconds());
        return Messages.text("devices.show.left.spoken", Long.toString(seconds / 60), Long.toString(seconds % 60));
    }

    /** An id in two lines, broken between two groups. */
    static String twoLines(String id) {
        int middle = id.indexOf('-', id.length() / 2);
        return middle < 0 ? id : id.substring(0, middle) + "\n" + id.substring(middle + 1);
    }

    static String lines(List<PeerAddress> addresses) {
        return String.join("\n", addresses.stream().map(PeerAddress::toString).toList());
    }

    /**
     * Reads one address a line; empty lines say nothing.
     *
     * @throws IllegalArgumentException with a sentence for the person
     */
    static List<PeerAddress> addresses(String lines) {
        List<PeerAddress> found = new ArrayList<>();
        for (String line : lines.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            try {
                found.add(PeerAddress.parse(line));
            } catch (IllegalArgumentException e) {
                String shown = line.length() > 60 ? line.substring(0, 60) + "…" : line;
                throw new IllegalArgumentException(Messages.text("devices.address.wrong", shown), e);
            }
        }
        if (found.size() > MAX_ADDRESSES) {
            throw new IllegalArgumentException(Messages.text("devices.address.many", Integer.toString(MAX_ADDRESSES)));
        }
        return found;
    }
}

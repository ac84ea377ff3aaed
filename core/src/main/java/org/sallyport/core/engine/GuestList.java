package org.sallyport.core.engine;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.policy.PolicyRequest.Audience;
import org.sallyport.core.policy.PolicyRequest.Audience.Standing;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;

/** For whom torrents are, in the facts that policy decides by. Any thread. */
record GuestList(TrustedDevices trust, Clock clock) {

    /** Who is at the other end of a connection, for one torrent. */
    Audience at(LinkSecurity security, Sharing sharing) {
        return new Audience(sharing.trustedOnly(), expired(sharing), security.device().map(device -> standing(device, sharing))
                .orElse(Standing.STRANGER));
    }

    /** Who will have to be at an address, for one torrent. */
    Audience at(PeerAddress address, Sharing sharing) {
        Standing standing = trust.at(address).map(device -> standing(device.id(), sharing))
                .orElse(trust.shuns(address) ? Standing.REMOVED : Standing.STRANGER);
        return new Audience(sharing.trustedOnly(), expired(sharing), standing);
    }

    /** Some device that a torrent is for. */
    Audience anyMember(Sharing sharing) {
        return new Audience(sharing.trustedOnly(), expired(sharing), Standing.MEMBER);
    }

    /** Where the devices that a torrent is for can be called. */
    List<PeerAddress> addresses(Sharing sharing) {
        return trust.paired().stream().filter(device -> isFor(device.id(), sharing)).map(PairedDevice::addresses).flatMap(List::stream)
                .distinct().toList();
    }

    boolean expired(Sharing sharing) {
        return !clock.instant().isBefore(sharing.expires());
    }

    private Standing standing(DeviceId device, Sharing sharing) {
        Optional<PairedDevice> paired = trust.find(device);
        return paired.isEmpty() ? Standing.REMOVED : isFor(device, sharing) ? Standing.MEMBER : Standing.OUTSIDER;
    }

    private static boolean isFor(DeviceId device, Sharing sharing) {
        return sharing.devices().isEmpty() || sharing.devices().contains(device.text());
    }
}

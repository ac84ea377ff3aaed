package org.sallyport.core.model;

import java.util.List;

/**
 * This device and those it trusts, at one moment.
 *
 * @param ownId   of this device, as others have to type it
 * @param offers  waiting for an answer, oldest first
 * @param trouble empty, or why no device is trusted and what to do
 */
public record DevicesState(String ownId, String ownName, List<DeviceSnapshot> devices, PairingState pairing, List<DeviceOffer> offers,
        String trouble) {
    public static final DevicesState NONE = new DevicesState("", "", List.of(), PairingState.NONE, List.of(), "");

    public DevicesState {
        devices = List.copyOf(devices);
        offers = List.copyOf(offers);
    }
}

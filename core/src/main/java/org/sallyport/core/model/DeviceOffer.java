package org.sallyport.core.model;

import java.time.Instant;

/**
 * Something a paired device wants to send here, waiting for a yes or no.
 * @param bytes of all files
 * @param note a line from its person, may be empty
 */
public record DeviceOffer(InfoHash hash, String deviceId, String deviceName, String name, long bytes, int files, String note, Instant at) { }

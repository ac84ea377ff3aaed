package org.sallyport.core.model;

/** Something a paired device shares with this one. @param bytes of all files @param present it is in the list here already */
public record CatalogueItem(InfoHash hash, String deviceId, String deviceName, String name, long bytes, int files, String note, boolean present) { }

package org.sallyport.core.model;

/** How much a file of a torrent is wanted; a higher one is fetched first. */
public enum FilePriority { SKIP, LOW, NORMAL, HIGH }

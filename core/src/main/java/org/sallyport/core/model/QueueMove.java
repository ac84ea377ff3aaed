package org.sallyport.core.model;

/** Where a torrent goes in the queue. */
public enum QueueMove { TOP, UP, DOWN, BOTTOM }

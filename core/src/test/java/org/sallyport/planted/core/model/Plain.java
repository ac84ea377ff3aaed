package org.sallyport.planted.core.model;

/** Breaks nothing. */
public record Plain(long sizeBytes) { }

package org.sallyport.planted.core.engine;

/** Breaks nothing. */
public interface Plain { }

package org.sallyport.core.model;

/** A file that should perhaps not be shared. @param path relative to what is shared @param sentence what it looks like, and what that would mean */
public record ShareConcern(String path, String sentence) { }

package org.sallyport.core.model;

import java.nio.file.Path;

/** A file that may be opened. @param place where it is */
public record Opening(Path place, String path, Verdict verdict) { }

package org.sallyport.core.model;

import java.nio.file.Path;
import java.time.Instant;

/** A folder from which the user may share. @param problem empty, or why nothing of it is shared now and what to do */
public record AllowedFolder(Path path, Instant since, String problem) { }

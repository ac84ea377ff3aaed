package org.sallyport.core.policy;

import java.nio.file.Path;
import java.util.Set;

/**
 * What is where on this computer, as far as it decides which places may be shared. Real paths, without links.
 *
 * @param home      of the user
 * @param personal  Desktop, Documents and their like, wherever the user has them
 * @param mounts    where disks and other file systems are mounted
 * @param programs  where this program and what it runs on lie
 * @param data      where Sallyport keeps its own state
 * @param temporary folders into which everybody on this computer writes
 * @param system    folders of the operating system
 */
public record PlaceFacts(
        Path home, Set<Path> personal, Set<Path> mounts, Set<Path> programs, Path data, Set<Path> temporary, Set<Path> system) {
    public PlaceFacts {
        personal = Set.copyOf(personal);
        mounts = Set.copyOf(mounts);
        programs = Set.copyOf(programs);
        temporary = Set.copyOf(temporary);
        system = Set.copyOf(system);
    }
}

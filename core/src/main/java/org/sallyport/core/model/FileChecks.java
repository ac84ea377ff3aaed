package org.sallyport.core.model;

/**
 * How far the files of a torrent have come through screening.
 *
 * @param done  wanted files with a verdict @param files all wanted files @param held those kept in quarantine
 * @param now   one is being looked at this moment
 */
public record FileChecks(int done, int files, int held, boolean now) {
    public static final FileChecks NONE = new FileChecks(0, 0, 0, false);
}

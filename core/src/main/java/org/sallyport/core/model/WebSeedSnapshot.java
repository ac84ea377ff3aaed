package org.sallyport.core.model;

/**
 * A web server that has the files of a torrent (BEP 19, BEP 17).
 *
 * @param message why it is not used; empty when all is well
 * @param downRate payload bytes per second; @param downloadedBytes in this run
 */
public record WebSeedSnapshot(String url, Status status, String message, long downRate, long downloadedBytes) {
    public enum Status { IDLE, FETCHING, WAITING, REFUSED }
}

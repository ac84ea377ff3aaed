package org.sallyport.core.swarm;

/**
 * How a torrent stands with its peers.
 *
 * @param known     addresses, connected or not @param connected peers
 * @param useful    connected peers that have something we lack @param willing those of them that let us ask, or web servers
 * @param missing   wanted pieces we lack @param nowhere those of them that no connected peer has
 */
public record SwarmStanding(int known, int connected, int useful, int willing, int missing, int nowhere) { }

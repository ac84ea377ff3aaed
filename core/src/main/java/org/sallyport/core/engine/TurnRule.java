package org.sallyport.core.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sallyport.core.model.InfoHash;

/** Which torrents may run now. Pure. */
final class TurnRule {
    /** Slow ones besides those that hold a place, of each sort: or a long list of dead torrents would all run at once. */
    static final int MOST_SLOW = 50;

    private TurnRule() { }

    /**
     * A torrent that wants to run.
     *
     * @param seed   it is complete
     * @param forced the user wants it to run whatever the queue says
     * @param idle   it has nothing to do, so it needs no place
     * @param slow   it has been slow for a while, so it takes no place from others
     */
    record Contender(InfoHash hash, boolean seed, boolean forced, boolean idle, boolean slow) { }

    /** @param inOrder the first in the queue first @param downloads places for downloads @param seeds places for seeds */
    static Set<InfoHash> turns(List<Contender> inOrder, int downloads, int seeds) {
        Set<InfoHash> turns = new HashSet<>();
        int[] places = {downloads, seeds};
        int[] slow = {MOST_SLOW, MOST_SLOW};
        for (Contender contender : inOrder) {
            int sort = contender.seed() ? 1 : 0;
            boolean free = contender.forced() || contender.idle();
            if (free || contender.slow() && slow[sort]-- > 0 || places[sort]-- > 0) {
                turns.add(contender.hash());
            }
        }
        return turns;
    }
}

package org.sallyport.ui.transfers;

import java.util.function.UnaryOperator;
import org.sallyport.core.model.TorrentOptions;

/** What differs between two choices, to be carried over to any torrent: the rest of that torrent stays as it is. */
record OptionsChange(TorrentOptions before, TorrentOptions now) implements UnaryOperator<TorrentOptions> {

    @Override
    public TorrentOptions apply(TorrentOptions present) {
        TorrentOptions changed = present;
        if (now.sequential() != before.sequential()) {
            changed = changed.withSequential(now.sequential());
        }
        if (now.firstAndLast() != before.firstAndLast()) {
            changed = changed.withFirstAndLast(now.firstAndLast());
        }
        changed = changed.withLimits(now.downLimit() == before.downLimit() ? changed.downLimit() : now.downLimit(),
                now.upLimit() == before.upLimit() ? changed.upLimit() : now.upLimit());
        if (!now.goal().equals(before.goal())) {
            changed = changed.withGoal(now.goal());
        }
        if (now.superSeeding() != before.superSeeding()) {
            changed = changed.withSuperSeeding(now.superSeeding());
        }
        return changed.withDiscovery(now.dht() == before.dht() ? changed.dht() : now.dht(),
                now.exchange() == before.exchange() ? changed.exchange() : now.exchange());
    }
}

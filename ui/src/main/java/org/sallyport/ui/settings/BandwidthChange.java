package org.sallyport.ui.settings;

import java.util.List;
import java.util.function.UnaryOperator;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Bandwidth;
import org.sallyport.core.settings.Settings.Rates;

/** One thing of the bandwidth settings changed, the rest as it is. */
public final class BandwidthChange {
    private BandwidthChange() { }

    public static UnaryOperator<Settings> slowNow(boolean value) {
        return of(b -> new Bandwidth(b.usual(), b.slow(), value, b.week(), b.limitLocal(), b.dayCapBytes(), b.monthCapBytes(), b.atCap(),
                b.slowBelow()));
    }

    static UnaryOperator<Settings> usual(Rates value) {
        return of(b -> new Bandwidth(value, b.slow(), b.slowNow(), b.week(), b.limitLocal(), b.dayCapBytes(), b.monthCapBytes(), b.atCap(),
                b.slowBelow()));
    }

    static UnaryOperator<Settings> slow(Rates value) {
        return of(b -> new Bandwidth(b.usual(), value, b.slowNow(), b.week(), b.limitLocal(), b.dayCapBytes(), b.monthCapBytes(), b.atCap(),
                b.slowBelow()));
    }

    static UnaryOperator<Settings> week(List<String> value) {
        return of(b -> new Bandwidth(b.usual(), b.slow(), b.slowNow(), value, b.limitLocal(), b.dayCapBytes(), b.monthCapBytes(), b.atCap(),
                b.slowBelow()));
    }

    static UnaryOperator<Settings> limitLocal(boolean value) {
        return of(b -> new Bandwidth(b.usual(), b.slow(), b.slowNow(), b.week(), value, b.dayCapBytes(), b.monthCapBytes(), b.atCap(),
                b.slowBelow()));
    }

    /** @param day bytes, 0 for no cap; @param month likewise */
    static UnaryOperator<Settings> caps(long day, long month) {
        return of(b -> new Bandwidth(b.usual(), b.slow(), b.slowNow(), b.week(), b.limitLocal(), day, month, b.atCap(), b.slowBelow()));
    }

    static UnaryOperator<Settings> atCap(Bandwidth.AtCap value) {
        return of(b -> new Bandwidth(b.usual(), b.slow(), b.slowNow(), b.week(), b.limitLocal(), b.dayCapBytes(), b.monthCapBytes(), value,
                b.slowBelow()));
    }

    static UnaryOperator<Settings> slowBelow(long value) {
        return of(b -> new Bandwidth(b.usual(), b.slow(), b.slowNow(), b.week(), b.limitLocal(), b.dayCapBytes(), b.monthCapBytes(),
                b.atCap(), value));
    }

    private static UnaryOperator<Settings> of(UnaryOperator<Bandwidth> change) {
        return settings -> settings.withBandwidth(change.apply(settings.bandwidth()));
    }
}

package org.sallyport.core.engine;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.sallyport.core.persist.SavedTraffic;

/**
 * Bytes by days of this computer's calendar. A clock that is put back by a day or two gives nothing back: what was counted on days that
 * now lie ahead counts for today. One that was years ahead and is right again does not count against the caps for years. Network thread only.
 */
final class DataUse {
    private static final int DAYS_AHEAD = 2;

    private final NavigableMap<LocalDate, SavedTraffic> days = new TreeMap<>();

    DataUse(Collection<SavedTraffic> saved) {
        saved.forEach(day -> days.put(day.day(), day));
    }

    /** @return what is to be kept of it; nothing when nothing was added */
    List<SavedTraffic> add(LocalDate today, long received, long sent) {
        if (received == 0 && sent == 0) {
            return List.of();
        }
        SavedTraffic before = days.getOrDefault(today, new SavedTraffic(today, 0, 0));
        SavedTraffic now = new SavedTraffic(today, before.received() + received, before.sent() + sent);
        days.put(today, now);
        return List.of(now);
    }

    long day(LocalDate today) {
        return sum(today, today.plusDays(DAYS_AHEAD));
    }

    long month(LocalDate today) {
        return sum(YearMonth.from(today).atDay(1), latest(YearMonth.from(today).atEndOfMonth(), today.plusDays(DAYS_AHEAD)));
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private long sum(LocalDate first, LocalDate last) {
        return days.subMap(first, true, last, true).values().stream().mapToLong(day -> day.received() + day.sent()).sum();
    }
}

package org.sallyport.core.settings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.settings.Settings.Bandwidth;

/** Whether limits, schedule and caps are within their ranges. */
final class BandwidthCheck {
    private static final int DAYS = 7;
    private static final Pattern DAY = Pattern.compile("[rsx]{48}");
    private static final long LEAST_RATE = 1000;
    private static final long MOST_RATE = 10L << 30;
    private static final long MIB = 1L << 20;
    private static final long MOST_CAP = 1L << 50;

    private BandwidthCheck() { }

    static Optional<Refusal> check(Bandwidth bandwidth) {
        return rate("The download limit", bandwidth.usual().down())
                .or(() -> rate("The upload limit", bandwidth.usual().up()))
                .or(() -> rate("The download limit of slow mode", bandwidth.slow().down()))
                .or(() -> rate("The upload limit of slow mode", bandwidth.slow().up()))
                .or(() -> week(bandwidth.week()))
                .or(() -> cap("The data cap of a day", bandwidth.dayCapBytes()))
                .or(() -> cap("The data cap of a month", bandwidth.monthCapBytes()))
                .or(() -> rate("The speed below which a torrent counts as slow", bandwidth.slowBelow()));
    }

    private static Optional<Refusal> rate(String what, long value) {
        return value == 0 || value >= LEAST_RATE && value <= MOST_RATE ? Optional.empty() : Optional.of(new Refusal("settings.rate-range",
                what + " must be from 1 KB/s to 10 GB/s, or 0 for none, not " + value + " bytes a second. Choose a number in that range."));
    }

    private static Optional<Refusal> cap(String what, long value) {
        return value == 0 || value >= MIB && value <= MOST_CAP ? Optional.empty() : Optional.of(new Refusal("settings.cap-range",
                what + " must be from 1 MiB to 1 PiB, or 0 for none, not " + value + " bytes. Choose a number in that range."));
    }

    private static Optional<Refusal> week(List<String> week) {
        boolean whole = week.isEmpty() || week.size() == DAYS && week.stream().allMatch(day -> DAY.matcher(day).matches());
        return whole ? Optional.empty()
                : Optional.of(new Refusal("settings.schedule", "The schedule must have 7 rows, Monday first, of 48 letters each, "
                + "one for half an hour: r to run, s for slow, x to stop. Set it in the window or with 'sallyport schedule'."));
    }
}

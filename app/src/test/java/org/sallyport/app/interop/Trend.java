package org.sallyport.app.interop;

import java.util.List;

/**
 * A straight line through measured points by least squares.
 *
 * @param perHour       its slope, in the unit of the values
 * @param uncertainty   standard error of the slope; 0 for less than three points
 * @param points        how many there were
 */
record Trend(double perHour, double uncertainty, int points) {

    private static final double SECONDS_PER_HOUR = 3600;

    /** @param seconds since the start of the run */
    record Point(double seconds, double value) { }

    /** Less than two points, or all of one moment, have no slope: 0. */
    static Trend of(List<Point> points) {
        int n = points.size();
        double meanX = points.stream().mapToDouble(Point::seconds).average().orElse(0);
        double meanY = points.stream().mapToDouble(Point::value).average().orElse(0);
        double xx = points.stream().mapToDouble(p -> (p.seconds - meanX) * (p.seconds - meanX)).sum();
        double xy = points.stream().mapToDouble(p -> (p.seconds - meanX) * (p.value - meanY)).sum();
        if (xx == 0) {
            return new Trend(0, 0, n);
        }
        double slope = xy / xx;
        double residue = points.stream().mapToDouble(p -> p.value - meanY - slope * (p.seconds - meanX)).map(r -> r * r).sum();
        double error = n < 3 ? 0 : Math.sqrt(residue / (n - 2) / xx);
        return new Trend(slope * SECONDS_PER_HOUR, error * SECONDS_PER_HOUR, n);
    }

    /** Whether the growth stands out from the scatter: the slope is more than two standard errors above zero. */
    boolean isCertainGrowth() {
        return perHour > 2 * uncertainty;
    }
}

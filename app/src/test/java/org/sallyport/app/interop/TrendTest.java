package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sallyport.app.interop.Trend.Point;

class TrendTest {

    @Test
    void aLineHasItsSlopePerHourAndNoScatter() {
        Trend trend = Trend.of(IntStream.range(0, 10).mapToObj(i -> new Point(i * 360, 5 + 0.2 * i)).toList());

        assertThat(trend.perHour()).isCloseTo(2, within(1e-9));
        assertThat(trend.uncertainty()).isCloseTo(0, within(1e-6));
        assertThat(trend.points()).isEqualTo(10);
        assertThat(trend.isCertainGrowth()).isTrue();
    }

    @Test
    void scatterWithoutGrowthIsNotTakenForGrowth() {
        Trend trend = Trend.of(IntStream.range(0, 40).mapToObj(i -> new Point(i * 60, i % 2)).toList());

        assertThat(trend.perHour()).isCloseTo(0, within(0.2));
        assertThat(trend.uncertainty()).isGreaterThan(0.2);
        assertThat(trend.isCertainGrowth()).isFalse();
    }

    @Test
    void whatCannotHaveASlopeHasNone() {
        assertThat(Trend.of(List.of())).isEqualTo(new Trend(0, 0, 0));
        assertThat(Trend.of(List.of(new Point(1, 7)))).isEqualTo(new Trend(0, 0, 1));
        assertThat(Trend.of(List.of(new Point(1, 7), new Point(1, 9)))).isEqualTo(new Trend(0, 0, 2));
    }
}

package org.sallyport.ui.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.ui.testkit.Offered;

class ShareWordsTest {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-21T13:05:00+01:00[Europe/Berlin]");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2026-11-22T12:05:00Z | 22 Nov, 13:05", "2026-01-02T00:00:00Z | 2 Jan, 01:00", "2026-12-31T23:30:00Z | 1 Jan 2027",
                "2024-02-29T10:00:00Z | 29 Feb 2024"})
    void aMomentIsShort(Instant at, String words) {
        assertThat(ShareWords.moment(at, NOW)).isEqualTo(words);
    }

    @Test
    void theEndOfTimeIsNever() {
        assertThat(ShareWords.moment(Instant.MAX, NOW)).isEqualTo("Never");
    }

    @Test
    void oneThingIsNotThings() {
        assertThat(ShareWords.sum(List.of(Offered.CHOIR))).isEqualTo("1 thing, 1.2 GB. 2 people are getting something now.");
        assertThat(ShareWords.sum(List.of(Offered.DEBIAN))).isEqualTo("1 thing, 661.7 MB. Nobody is getting anything now.");
    }
}

package org.sallyport.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameRule;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.UploadPolicy;

class SettingsMappingTest {
    @Test
    void theDefaultsAreWrittenDownHereToo() {
        assertThat(Settings.DEFAULT).isEqualTo(new Settings("~/Downloads/Sallyport", 0, false,
                new Settings.Limits(200, 50, 8, 5, 50, 41_943_040), new Settings.Trackers(false),
                new Settings.Look(Settings.Look.Theme.SYSTEM, false),
                new Settings.Quit(false), new Settings.Network(""), new Settings.Uploads(UploadPolicy.NORMAL), false, Encryption.PREFER,
                new Settings.Bandwidth(new Settings.Rates(0, 0), new Settings.Rates(100_000, 20_000), false, List.of(), false, 0, 0,
                        Settings.Bandwidth.AtCap.STOP, 2000),
                new Settings.Discovery(true,
                        List.of("dht.libtorrent.org:25401", "router.bittorrent.com:6881", "dht.transmissionbt.com:6881"), true, false),
                new SeedGoal(-1, -1, -1, SeedGoal.Then.STOP), new Settings.Screening(NameRule.ASK, Intent.ANYTHING, "", false, 7)));
        assertThat(SettingsCheck.check(Settings.DEFAULT)).isEmpty();
    }

    @Test
    void everySettingIsMappedBothWays() throws Exception {
        assertThat(SettingsJson.write(SettingsSamples.OTHER)).isEqualToNormalizingNewlines(SettingsSamples.OTHER_JSON);
        assertThat(SettingsJson.read(SettingsSamples.OTHER_JSON)).isEqualTo(SettingsSamples.OTHER);
    }

    /** A new setting fails here until the sample above gives it a value of its own. */
    @Test
    void theSampleDiffersFromTheDefaultsInEverySetting() throws Exception {
        List<String> same = new ArrayList<>();
        collectSame(Settings.DEFAULT, SettingsSamples.OTHER, "", same);

        assertThat(same).isEmpty();
    }

    @Test
    void eachWithChangesItsPartOnly() {
        Settings other = SettingsSamples.OTHER;

        assertThat(Settings.DEFAULT.withDownloadFolder(other.downloadFolder()).withPort(other.port()).withReceiveOnly(other.receiveOnly())
                .withLimits(other.limits()).withTrackers(other.trackers()).withLook(other.look()).withQuit(other.quit())
                .withEncryption(other.encryption())
                .withNetwork(other.network()).withUploads(other.uploads()).withWelcomed(other.welcomed())
                .withBandwidth(other.bandwidth()).withDiscovery(other.discovery()).withGoal(other.goal()).withScreening(other.screening()))
                        .isEqualTo(other);
    }

    @Test
    void whatIsMissingHasItsDefaultAndWhatIsUnknownIsIgnored() throws Exception {
        assertThat(SettingsJson.read("{}")).isEqualTo(Settings.DEFAULT);
        assertThat(SettingsJson.read("{\"port\": 6881, \"colour\": {\"x\": [1]}, \"limits\": {\"uploadSlots\": 3, \"other\": null}}"))
                .isEqualTo(Settings.DEFAULT.withPort(6881).withLimits(Settings.DEFAULT.limits().withUploadSlots(3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "[]", "null", "7", "{", "{} {}", "{\"port\": 6881, \"port\": 6882}", "{\"port\": \"6881\"}", "{\"port\": null}", "{\"port\": 6881.5}",
        "{\"port\": 99999999999}", "{\"port\": true}", "{\"receiveOnly\": 1}", "{\"receiveOnly\": \"true\"}", "{\"downloadFolder\": null}",
        "{\"downloadFolder\": 5}", "{\"limits\": 5}", "{\"limits\": null}", "{\"limits\": []}", "{\"look\": {\"theme\": \"PINK\"}}",
        "{\"look\": {\"theme\": 1}}",
        "{\"uploads\": {\"usual\": \"SOMETIMES\"}}", "{\"uploads\": {\"usual\": true}}", "{\"welcomed\": \"yes\"}",
        "{\"discovery\": {\"bootstrap\": \"a:1\"}}", "{\"discovery\": {\"bootstrap\": [1]}}", "{\"discovery\": {\"bootstrap\": [null]}}",
        "{\"discovery\": {\"bootstrap\": [[\"a:1\"]]}}", "{\"bandwidth\": {\"week\": {}}}",
        "{\"encryption\": \"MAYBE\"}", "{\"encryption\": true}", "{\"screening\": {\"risky\": \"PERHAPS\"}}",
        "{\"screening\": {\"definitionsMaxDays\": \"7\"}}",
        "{\"port\": {\"a\": 1}}", "{\"network\": {\"interface\": null}}", "{\"network\": \"tun0\"}", "// comment\n{}", "{'port': 6881}"})
    void whatCannotBeUnderstoodIsRefused(String text) {
        assertThatThrownBy(() -> SettingsJson.read(text)).isInstanceOfSatisfying(RefusedException.class,
                e -> assertThat(e.refusal().rule()).isEqualTo("settings.syntax"));
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> SettingsJson.read(deep)).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @CsvSource({"{\"port\": 80}, settings.port-range", "{\"limits\": {\"connections\": 0}}, settings.connections-range"})
    void whatIsOutOfRangeIsRefusedByItsRule(String text, String rule) {
        assertThatThrownBy(() -> SettingsJson.read(text)).isInstanceOfSatisfying(RefusedException.class,
                e -> assertThat(e.refusal().rule()).isEqualTo(rule));
    }

    private static void collectSame(Object one, Object other, String place, List<String> same) throws ReflectiveOperationException {
        for (RecordComponent component : one.getClass().getRecordComponents()) {
            Object left = component.getAccessor().invoke(one);
            Object right = component.getAccessor().invoke(other);
            if (left instanceof Record) {
                collectSame(left, right, place + component.getName() + ".", same);
            } else if (left.equals(right)) {
                same.add(place + component.getName());
            }
        }
    }
}

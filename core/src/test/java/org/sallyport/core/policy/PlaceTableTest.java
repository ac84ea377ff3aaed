package org.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.PolicyRequest.SharePlace;
import org.sallyport.core.settings.Settings;

/** From which places may be shared. */
class PlaceTableTest {
    private static final PlaceFacts ANN = facts("/home/ann");
    private static final PlaceFacts ROOT = facts("/root");

    private static PlaceFacts facts(String home) {
        return new PlaceFacts(Path.of(home), paths(home + "/Desktop", home + "/Documents", "/mnt/big/Dokumente"),
                paths("/", "/home", "/mnt/stick", "/run/media/ann/USB", "/proc", "/srv/with space", "/var"),
                paths("/opt/sallyport", "/usr/lib/jvm/java-17"), Path.of(home, "my state"), paths("/tmp", "/var/tmp", "/dev/shm"),
                paths("/bin", "/boot", "/dev", "/etc", "/lib", "/proc", "/root", "/run", "/sbin", "/sys", "/usr", "/var"));
    }

    private static Set<Path> paths(String... paths) {
        return Set.of(paths).stream().map(Path::of).collect(Collectors.toSet());
    }

    private static String rule(String place, PlaceFacts facts) {
        return new PolicyEngine(() -> Settings.DEFAULT, List.of()).decide(new SharePlace(Path.of(place), facts))
                .reason().map(Refusal::rule).orElse("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/ | share.root-file-system",
        "/home | share.root-home",
        "/home/ann | share.root-home",
        "/home/ann/my state | share.root-data",
        "/home/ann/my state/keys | share.root-data",
        "/home/ann/Desktop | share.root-personal",
        "/home/ann/Documents | share.root-personal",
        "/mnt/big/Dokumente | share.root-personal",
        "/mnt/big | share.root-personal",
        "/home/ann/.ssh | share.root-keys",
        "/home/ann/.ssh/old | share.root-keys",
        "/home/ann/.gnupg | share.root-keys",
        "/home/ann/.config/something | share.root-keys",
        "/home/ann/.local/share/keyrings | share.root-keys",
        "/mnt/stick/backup/.SSH/x | share.root-keys",
        "/home/ann/.mozilla/firefox/abc | share.root-keys",
        "/home/ann/.hidden | share.root-hidden",
        "/home/ann/films/.cache/x | share.root-hidden",
        "/home/ann/.bashrc | share.root-hidden",
        "/etc | share.root-system",
        "/etc/ssh | share.root-system",
        "/proc/1 | share.root-system",
        "/sys/class | share.root-system",
        "/dev/disk | share.root-system",
        "/boot/grub | share.root-system",
        "/var/log | share.root-system",
        "/usr/share/doc | share.root-system",
        "/root | share.root-system",
        "/root/films | share.root-system",
        "/run/user/1000 | share.root-system",
        "/opt/sallyport | share.root-program",
        "/opt/sallyport/lib | share.root-program",
        "/opt | share.root-program",
        "/usr/lib/jvm/java-17/lib | share.root-program",
        "/mnt/stick | share.root-mount",
        "/run/media/ann/USB | share.root-mount",
        "/srv/with space | share.root-mount",
        "/tmp | share.root-temporary",
        "/var/tmp | share.root-temporary",
        "/dev/shm | share.root-temporary"})
    void isRefused(String place, String rule) {
        assertThat(rule(place, ANN)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"/home/ann/Documents/for all", "/home/ann/films", "/home/ann/film.mkv", "/home/ann/Desktop/album/cover.jpg", "/mnt/big/Dokumente/x",
        "/mnt/stick/films", "/run/media/ann/USB/films", "/srv/with space/x", "/srv/films", "/tmp/work/data", "/var/tmp/work", "/dev/shm/x",
        "/opt/films", "/mnt/stick/.trash/x", "/home/bob/films", "/sharing", "/usrdata/films"})
    void isAllowed(String place) {
        assertThat(rule(place, ANN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/root/films, ''", "/root, share.root-home", "/root/Desktop, share.root-personal", "/root/.ssh, share.root-keys", 
        "/root/.x, share.root-hidden", "/etc/x, share.root-system"})
    void rootsHomeIsAHome(String place, String rule) {
        assertThat(rule(place, ROOT)).isEqualTo(rule);
    }

    /** Accounts of services, and numbers without an account in a container, have such homes. */
    @ParameterizedTest
    @CsvSource({"/, /etc/ssh, share.root-system", "/, /var/log, share.root-system", "/, /srv/films, ''", "/, /.x/films, share.root-hidden",
        "/var, /var/log, ''", "/var/lib/sally, /var/log, share.root-system", "/var/lib/sally, /var/lib/sally/films, ''"})
    void aHomeThatHoldsTheSystemIsNoPermission(String home, String place, String rule) {
        assertThat(rule(place, facts(home))).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"/data/ann/state, share.root-data", "/data/ann/state/x, share.root-data", "/data/ann, share.root-data", "/data/films, ''"})
    void theDataFolderMayLieElsewhere(String place, String rule) {
        PlaceFacts elsewhere = new PlaceFacts(ANN.home(), ANN.personal(), ANN.mounts(), ANN.programs(), Path.of("/data/ann/state"),
                ANN.temporary(), ANN.system());

        assertThat(rule(place, elsewhere)).isEqualTo(rule);
    }
}

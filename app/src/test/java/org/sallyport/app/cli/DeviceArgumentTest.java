package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DeviceSnapshot.Standing;

class DeviceArgumentTest {
    private static final String REST = "-2345672-ABCDEFG-HIJKLMN-OPQRSTU-VWXYZ23-4567ABC-DEFGHIJ";
    private static final List<DeviceSnapshot> DEVICES = List.of(
            device("AAAAAAA" + REST, "Attic"), device("OBILAAA" + REST, "Cellar box"), device("CCCCCCC" + REST, "Twin"),
            device("DDDDDDD" + REST, "twin"),
            device("EEEEEEE" + REST, "aaaaaaa"));

    private static DeviceSnapshot device(String id, String name) {
        return new DeviceSnapshot(id, name, Standing.PAIRED, List.of(), false, Instant.EPOCH, Instant.EPOCH, "");
    }

    @ParameterizedTest
    @CsvSource({
        "Attic, Attic", "ATTIC, Attic", "' attic ', Attic", "cellar box, Cellar box",
        "OBILAAA, Cellar box", "obil-aaa, Cellar box", "0811aaa, Cellar box", "eeeeeee, aaaaaaa",
        "CCCCCCC-2345672-ABCDEFG-HIJKLMN-OPQRSTU-VWXYZ23-4567ABC-DEFGHIJ, Twin",
        "ccccccc 2345672 abcdefg hijklmn opqrstu vwxyz23 4567abc defghij, Twin"})
    void nameIdAndFirstGroupNameADevice(String typed, String name) throws Exception {
        assertThat(DeviceArgument.find(DEVICES, typed).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"nowhere, 1", "'', 1", "AAAAAA, 1", "twin, 2", "aaaaaaa, 2", ".......,1", "AAAAAAA-2345672, 1", "'[A-Z]AAAAAA', 1"})
    void whatNamesNoneOrSeveralIsRefused(String typed, int exit) {
        assertThatThrownBy(() -> DeviceArgument.find(DEVICES, typed)).isInstanceOfSatisfying(CommandFailedException.class,
                e -> assertThat(e.exitCode()).isEqualTo(exit));
    }
}

package org.sallyport.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.provider.Arguments;
import org.sallyport.core.model.RefusedException;

class PathRuleTest {

    static List<Arguments> unsafeNames() {
        return List.of(
                Arguments.of("", "_"), Arguments.of(".", "_"), Arguments.of("..", "_"), Arguments.of("...", "_"),
                Arguments.of(" ", "_"), Arguments.of(". . .", "_"), Arguments.of("\u200b", "_"), Arguments.of("\u202e..", "_"),
                Arguments.of("/", "_"), Arguments.of("../../etc/passwd", ".._.._etc_passwd"), Arguments.of("/etc/passwd", "_etc_passwd"),
                Arguments.of("..\\..\\windows", ".._.._windows"), Arguments.of("\\\\server\\share", "__server_share"),
                Arguments.of("C:", "C_"), Arguments.of("C:\\x", "C__x"), Arguments.of("a:b", "a_b"), Arguments.of("a.txt::$DATA", "a.txt__$DATA"),
                Arguments.of("a<b>c\"d|e?f*g", "a_b_c_d_e_f_g"),
                Arguments.of("a\0b", "a_b"), Arguments.of("a\nb\tc\rd", "a_b_c_d"), Arguments.of("a\u007fb\u0085c", "a_b_c"),
                Arguments.of("a\u2028b\u2029c", "a_b_c"), Arguments.of("a\ud800b", "a_b"), Arguments.of("a\uFFFDb", "a_b"),
                Arguments.of("a.", "a"), Arguments.of("a ", "a"), Arguments.of("a. . ", "a"), Arguments.of("a.txt...", "a.txt"),
                Arguments.of("photo\u202egpj.exe", "photogpj.exe"), Arguments.of("\ufeffa\u200db\u2066c\u00ad", "abc"),
                Arguments.of("CON", "_CON"), Arguments.of("con", "_con"), Arguments.of("Con.txt", "_Con.txt"),
                Arguments.of("nul.tar.gz", "_nul.tar.gz"),
                Arguments.of("PRN", "_PRN"), Arguments.of("aux.c", "_aux.c"), Arguments.of("CLOCK$", "_CLOCK$"), Arguments.of("CONIN$", "_CONIN$"),
                Arguments.of("COM0", "_COM0"), Arguments.of("com9.log", "_com9.log"), Arguments.of("LPT1", "_LPT1"),
                Arguments.of("lpt\u00b2", "_lpt\u00b2"),
                Arguments.of("COM\u00b9.x", "_COM\u00b9.x"), Arguments.of("CON .txt", "_CON .txt"), Arguments.of("CON.", "_CON"),
                Arguments.of("CON ", "_CON"),
                Arguments.of("C\u200bON", "_CON"), Arguments.of("nul:", "nul_"),
                Arguments.of("-rf", "_-rf"), Arguments.of("~", "_~"), Arguments.of("~root", "_~root"), Arguments.of("--help", "_--help"),
                Arguments.of("e\u0301", "\u00e9"), Arguments.of("e\u200d\u0301", "\u00e9"), Arguments.of("\u212a", "K"), Arguments.of("\u037e", ";"));
    }

    @ParameterizedTest
    @MethodSource("unsafeNames")
    void unsafeNamesBecomePlainOnes(String raw, String safe) {
        assertThat(PathRule.element(raw)).isEqualTo(safe);
        assertThat(PathRule.element(safe)).as("a safe name stays").isEqualTo(safe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b.txt", ".hidden", "..a", "a..b", "a-b~c", "COM10", "COM", "CONSOLE", "xCON", "NULL.txt", "LPTA",
            "\u00fcber.pdf", "\u65e5\u672c\u8a9e.mkv", "\ud83d\ude00.png", "a'b(c)[d]{e}!@#$%^&=+,;.txt", "desktop.ini", " lead", "10%.txt"})
    void ordinaryNamesStay(String name) {
        assertThat(PathRule.element(name)).isEqualTo(name);
    }

    @Test
    void longNamesAreCutBetweenCharactersAndKeepTheirExtension() {
        assertThat(PathRule.element("a".repeat(240))).isEqualTo("a".repeat(240));
        assertThat(PathRule.element("a".repeat(300) + ".mkv")).isEqualTo("a".repeat(236) + ".mkv");
        assertThat(PathRule.element("\u65e5".repeat(100) + ".mkv")).isEqualTo("\u65e5".repeat(78) + ".mkv");
        assertThat(PathRule.element("\ud83d\ude00".repeat(100))).isEqualTo("\ud83d\ude00".repeat(60));
        assertThat(PathRule.element("x." + "e".repeat(300))).isEqualTo("x." + "e".repeat(238));
        assertThat(PathRule.element("-" + "a".repeat(240))).isEqualTo("_-" + "a".repeat(238));
        assertThat(PathRule.element("a".repeat(239) + " ." + "b".repeat(50))).isEqualTo("a".repeat(239));
        assertThat(utf8("\u0958".repeat(200))).isLessThanOrEqualTo(240);
    }

    @Test
    void hugeNamesOfCombiningMarksCostLittle() {
        assertThat(utf8("\u0316\u0301".repeat(2_500_000))).isLessThanOrEqualTo(240);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "t/a t/b                  | t/a t/b",
            "t/a t/a                  | t/a t/a_(2)",
            "t/a t/a t/a              | t/a t/a_(2) t/a_(3)",
            "t/a.txt t/A.TXT          | t/a.txt t/A_(2).TXT",
            "t/a? t/a*                | t/a_ t/a__(2)",
            "t/a. t/a                 | t/a t/a_(2)",
            "t/con t/_con             | t/_con t/_con_(2)",
            "t/.x t/.x                | t/.x t/.x_(2)",
            "t/\u00e9 t/e\u0301       | t/\u00e9 t/\u00e9_(2)",
            "t/\ufb01 t/fi            | t/\ufb01 t/fi_(2)",
            "t/\uff21 t/a             | t/\uff21 t/a_(2)",
            "t/stra\u00dfe t/STRASSE  | t/stra\u00dfe t/STRASSE_(2)",
            "t/\u03c3 t/\u03c2        | t/\u03c3 t/\u03c2_(2)",
            "t/a t/a/b                | t/a t/a_(2)/b",
            "t/a/b t/a                | t/a/b t/a_(2)",
            "t/a t/a/b t/a/c          | t/a t/a_(2)/b t/a_(2)/c",
            "t/A/b t/a/c              | t/A/b t/A/c",
            "t/A/b t/a/B              | t/A/b t/A/B_(2)",
            "t/x/a t/y/a              | t/x/a t/y/a",
            "t/a t/a_(2) t/a          | t/a t/a_(2) t/a_(3)",
            "t/a t/a t/a_(2)          | t/a t/a_(2) t/a_(2)_(2)",
            "t/a t/a/b t/a_(2)        | t/a t/a_(2)/b t/a_(2)_(2)",
            "t/a.d t/a.d/b            | t/a.d t/a.d_(2)/b",
            "t/../a t/_/a             | t/_/a t/_/a_(2)",
    })
    void laterNamesThatMeanTheSameFileAreRenamed(String raw, String safe) throws RefusedException {
        // spaces separate the paths of the table, so it writes "_(" for " ("
        List<List<String>> torrent = Arrays.stream(raw.split(" ")).map(p -> List.of(p.replace("_(", " (").split("/"))).toList();

        assertThat(PathRule.paths(torrent)).map(p -> p.replace(" (", "_(")).containsExactly(safe.split(" "));
    }

    @Test
    void namesCutToTheSameLengthStayDifferent() throws RefusedException {
        String name = "a".repeat(300) + ".mkv";

        List<String> paths = PathRule.paths(List.of(List.of(name), List.of(name)));

        assertThat(paths).containsExactly("a".repeat(236) + ".mkv", "a".repeat(232) + " (2).mkv");
    }

    @Test
    void aPathMayHave32Elements() throws RefusedException {
        assertThat(PathRule.paths(List.of(path(32)))).hasSize(1);
        assertThat(rule(List.of(path(33)))).isEqualTo("metainfo.path-depth");
    }

    @Test
    void aPathMayHave1000Characters() throws RefusedException {
        List<String> longest = new ArrayList<>(List.of("a".repeat(200), "a".repeat(200), "a".repeat(200), "a".repeat(200), "a".repeat(196)));
        assertThat(PathRule.paths(List.of(longest)).get(0)).hasSize(1000);

        longest.set(4, "a".repeat(197));
        assertThat(rule(List.of(longest))).isEqualTo("metainfo.path-length");
    }

    @Test
    void moreThan500DuplicatesAreRefused() throws RefusedException {
        List<List<String>> same = new ArrayList<>(IntStream.range(0, 501).mapToObj(i -> List.of("t", "a")).toList());
        assertThat(PathRule.paths(same)).doesNotHaveDuplicates().contains("t/a (501)");

        same.add(List.of("t", "A"));
        assertThat(rule(same)).isEqualTo("metainfo.path-duplicates");
    }

    @Test
    void moreThanAHundredThousandFoldersAreRefused() {
        List<List<String>> many = IntStream.range(0, 100_001).mapToObj(i -> List.of("d" + i, "a")).toList();

        assertThat(rule(many)).isEqualTo("metainfo.folder-count");
    }

    @Test
    void namesPreparedToMakeTheSearchForANumberLongCostLittle() throws RefusedException {
        List<List<String>> raw = new ArrayList<>();
        for (int i = 2; i < 90_000; i++) {
            raw.add(List.of("t", "a (" + i + ")"));
        }
        for (int i = 0; i < 501; i++) {
            raw.add(List.of("t", "a"));
        }

        assertThat(PathRule.paths(raw)).doesNotHaveDuplicates().contains("t/a (90499)");
    }

    private static List<String> path(int elements) {
        return IntStream.range(0, elements).mapToObj(i -> "d").toList();
    }

    private static int utf8(String raw) {
        return PathRule.element(raw).getBytes(StandardCharsets.UTF_8).length;
    }

    private static String rule(List<List<String>> paths) {
        return catchThrowableOfType(RefusedException.class, () -> PathRule.paths(paths)).refusal().rule();
    }
}

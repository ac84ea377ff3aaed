package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.sallyport.core.metainfo.PathRule;
import org.sallyport.core.model.NameFlag;

/** Names are written by strangers: whatever they are, they are looked at without trouble. */
class FileNamesFuzzTest {
    @Property(tries = 500)
    void anyPathHasFlagsInTheirOrder(@ForAll @Size(min = 1, max = 4) List<@StringLength(max = 40) String> raw) {
        String safe = raw.stream().map(PathRule::element).collect(Collectors.joining("/"));

        List<NameFlag> flags = new FileNames().flags(raw, safe);

        assertThat(flags).isSorted().doesNotHaveDuplicates();
    }

    @Property(tries = 300)
    void anyNameOfAProgramIsAProgram(@ForAll @StringLength(max = 40) String name) {
        String raw = name.replace("/", "") + ".exe";

        assertThat(new FileNames().flags(List.of(raw), PathRule.element(raw))).contains(NameFlag.PROGRAM);
    }
}

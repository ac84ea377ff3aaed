package org.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.PackageTable.Row;

/** Core keeps to its package table, and every rule finds the violation planted for it below {@code org.sallyport.planted}. */
class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.sallyport.core");
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("org.sallyport.planted.core");

    enum Rule {
        TABLE(ArchitectureRules::everyPackageIsInTheTable),
        EDGES(ArchitectureRules::packagesUseOnlyWhatTheTableAllows),
        CYCLES(ArchitectureRules::packagesAreFreeOfCycles),
        LIBRARIES(ArchitectureRules::librariesStayInTheirPackages),
        SLEEP(ArchitectureRules::nobodySleeps),
        THREAD(ArchitectureRules::nobodyMakesAThread),
        EXIT(ArchitectureRules::nobodyEndsTheProcess),
        TRUST(ArchitectureRules::nobodyDecidesAloneWhomToTrust);

        private final Function<ArchitectureRules, ArchRule> of;

        Rule(Function<ArchitectureRules, ArchRule> of) {
            this.of = of;
        }
    }

    @ParameterizedTest
    @EnumSource
    void coreKeepsToTheRule(Rule rule) {
        assertThat(CORE).as("classes of core").isNotEmpty();

        assertThat(violations(rule, "org.sallyport.core", CORE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TABLE     | gossip.UnlistedPackage    | lies in a package the table does not know
            EDGES     | model.ReachesUp           | model may not use persist
            EDGES     | gossip.UnlistedPackage    | gossip may not use model
            CYCLES    | persist.ClosesCircle      | Cycle detected
            LIBRARIES | storage.OpensDatabase     | storage may not use SQLite
            LIBRARIES | policy.ReadsJson          | policy may not use Jackson
            LIBRARIES | swarm.DecodesWithBt       | swarm may not use bt
            LIBRARIES | swarm.HoldsNettyBuffer    | swarm may not use Netty buffers
            LIBRARIES | wire.OpensChannel         | wire may not use Netty
            LIBRARIES | swarm.HashesWithCorretto  | swarm may not use Amazon Corretto Crypto Provider
            LIBRARIES | engine.EncodesWithBouncy  | engine may not use Bouncy Castle
            LIBRARIES | engine.FetchesPage        | engine may not use Apache HttpClient
            LIBRARIES | discovery.FetchesWithJdk  | discovery may not use the JDK's HTTP client
            LIBRARIES | swarm.OpensSocket         | swarm may not use JDK sockets
            LIBRARIES | settings.LogsElsewhere    | settings may not use java.util.logging
            LIBRARIES | metainfo.UsesUnlisted     | metainfo may not use a library that is not in the table
            SLEEP     | swarm.Sleeps              | calls method <java.lang.Thread.sleep
            SLEEP     | swarm.SleepsByUnit        | calls method <java.util.concurrent.TimeUnit.sleep
            THREAD    | swarm.MakesThread         | calls constructor <java.lang.Thread.<init>
            EXIT      | swarm.EndsProcess         | calls method <java.lang.System.exit
            THREAD    | swarm.RefersToThread      | references constructor <java.lang.Thread.<init>
            EXIT      | swarm.HaltsProcess        | calls method <java.lang.Runtime.halt
            EXIT      | swarm.RefersToExit        | references method <java.lang.System.exit
            TRUST     | discovery.TrustsAnyone    | is assignable to javax.net.ssl.TrustManager
            TRUST     | trust.TrustsAnyPin        | is assignable to javax.net.ssl.TrustManager
            TRUST     | discovery.IgnoresNames    | NoopHostnameVerifier
            """)
    void ruleFindsThePlantedViolation(Rule rule, String planted, String complaint) {
        List<String> violations = violations(rule, "org.sallyport.planted.core", PLANTED);

        assertThat(violations).anySatisfy(violation -> assertThat(violation)
                .contains("org.sallyport.planted.core." + planted, complaint));
    }

    @ParameterizedTest
    @EnumSource
    void ruleLeavesTheAllowedAlone(Rule rule) {
        JavaClasses allowed = new ClassFileImporter().importClasses(
                org.sallyport.planted.core.wire.AllowedNeighbour.class, org.sallyport.planted.core.model.Plain.class);

        assertThat(violations(rule, "org.sallyport.planted.core", allowed)).isEmpty();
    }

    @Test
    void edgesOfTheTableGoDown() {
        for (Row row : PackageTable.ROWS) {
            assertThat(row.mayUse()).as(row.name()).allSatisfy(used ->
                    assertThat(PackageTable.find(used)).hasValueSatisfying(lower ->
                            assertThat(lower.level()).isLessThan(row.level())));
        }
    }

    private static List<String> violations(Rule rule, String root, JavaClasses classes) {
        return rule.of.apply(new ArchitectureRules(root)).evaluate(classes).getFailureReport().getDetails();
    }
}

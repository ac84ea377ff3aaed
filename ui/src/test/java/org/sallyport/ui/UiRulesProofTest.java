package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds the violation that was planted for it. */
class UiRulesProofTest {
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("org.sallyport.ui.plantedone", "org.sallyport.ui.plantedtwo");

    static Stream<ArchRule> rules() {
        return Stream.of(UiRulesTest.onlyFeedGoesToTheFxThread, UiRulesTest.viewModelsKnowNoScene, UiRulesTest.packagesHaveNoCycles);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void thePlantedViolationIsFound(ArchRule rule) {
        assertThat(rule.evaluate(PLANTED).hasViolation()).isTrue();
    }
}

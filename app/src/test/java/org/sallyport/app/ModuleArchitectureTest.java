package org.sallyport.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Core, ui and app keep to their direction, and every rule finds the violation planted for it below {@code org.sallyport.planted}. */
class ModuleArchitectureTest {

    private static final JavaClasses PROJECT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.sallyport.core", "org.sallyport.ui", "org.sallyport.app");
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("org.sallyport.planted");

    enum Rule {
        PACKAGES(ModuleRules::everyPackageIsKnown),
        CORE_ALONE(ModuleRules::coreKnowsNeitherWindowNorApp),
        CORE_TOOLKIT(ModuleRules::coreKnowsNoToolkit),
        WINDOW_ALONE(ModuleRules::windowKnowsNoApp),
        OPEN_CORE(ModuleRules::windowAndAppSeeOnlyTheOpenPackagesOfCore),
        WINDOW_CYCLES(ModuleRules::windowIsFreeOfCycles),
        APP_CYCLES(ModuleRules::appIsFreeOfCycles),
        FEED(ModuleRules::onlyFeedHopsToTheFxThread),
        VIEW_MODEL(ModuleRules::viewModelsKnowNoScene),
        QR(ModuleRules::qrCodesBelongToDevices),
        SLEEP(ModuleRules::nobodySleeps),
        THREAD(ModuleRules::windowMakesNoThread),
        EXIT(ModuleRules::onlyLaunchAndWiringEndTheProcess);

        private final Function<ModuleRules, ArchRule> of;

        Rule(Function<ModuleRules, ArchRule> of) {
            this.of = of;
        }
    }

    @ParameterizedTest
    @EnumSource
    void projectKeepsToTheRule(Rule rule) {
        assertThat(PROJECT.contain("org.sallyport.core.engine.Engine")).isTrue();

        assertThat(violations(rule, "org.sallyport", PROJECT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PACKAGES      | ui.widgets.UnlistedUiPackage  | does not reside in any package
            PACKAGES      | app.tray.UnlistedAppPackage   | does not reside in any package
            CORE_ALONE    | core.swarm.KnowsWindow        | planted.ui.shell.Plain
            CORE_ALONE    | core.swarm.KnowsApp           | planted.app.launch.EndsProcessAllowed
            CORE_TOOLKIT  | core.model.KnowsToolkit       | javafx.beans.property.StringProperty
            WINDOW_ALONE  | ui.shell.KnowsApp             | planted.app.launch.EndsProcessAllowed
            OPEN_CORE     | ui.shell.ReachesIntoCore      | planted.core.swarm.KnowsApp
            OPEN_CORE     | app.cli.ReachesIntoCore       | planted.core.swarm.KnowsApp
            WINDOW_CYCLES | ui.control.ClosesCircle       | Cycle detected
            APP_CYCLES    | app.wiring.ClosesCircle       | Cycle detected
            FEED          | ui.transfers.HopsThreads      | javafx.application.Platform.runLater
            FEED          | app.cli.HopsThreads           | javafx.application.Platform.runLater
            FEED          | ui.transfers.RefersToHop      | javafx.application.Platform.runLater
            VIEW_MODEL    | ui.transfers.SceneViewModel   | javafx.scene.Node
            QR            | ui.safety.KnowsBarcodes       | com.google.zxing.BarcodeFormat
            SLEEP         | app.cli.Sleeps                | calls method <java.lang.Thread.sleep
            THREAD        | ui.shell.MakesThread          | calls constructor <java.lang.Thread.<init>
            EXIT          | app.cli.EndsProcess           | calls method <java.lang.System.exit
            """)
    void ruleFindsThePlantedViolation(Rule rule, String planted, String complaint) {
        List<String> violations = violations(rule, "org.sallyport.planted", PLANTED);

        assertThat(violations).anySatisfy(violation -> assertThat(violation)
                .contains("org.sallyport.planted." + planted, complaint));
    }

    @ParameterizedTest
    @EnumSource
    void ruleLeavesTheAllowedAlone(Rule rule) {
        JavaClasses allowed = new ClassFileImporter().importClasses(
                org.sallyport.planted.core.engine.Plain.class, org.sallyport.planted.ui.shell.Plain.class,
                org.sallyport.planted.ui.feed.HopsThreadsAllowed.class, org.sallyport.planted.app.launch.EndsProcessAllowed.class);

        assertThat(violations(rule, "org.sallyport.planted", allowed)).isEmpty();
    }

    private static List<String> violations(Rule rule, String root, JavaClasses classes) {
        return rule.of.apply(new ModuleRules(root)).evaluate(classes).getFailureReport().getDetails();
    }
}

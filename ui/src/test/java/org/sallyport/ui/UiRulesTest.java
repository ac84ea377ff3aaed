package org.sallyport.ui;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import javafx.application.Platform;

/** What holds the window together, as rules. */
@AnalyzeClasses(packages = "org.sallyport.ui", importOptions = ImportOption.DoNotIncludeTests.class)
class UiRulesTest {
    @ArchTest
    static final ArchRule onlyFeedGoesToTheFxThread = noClasses().that().resideOutsideOfPackage("..ui.feed..")
            .should().callMethod(Platform.class, "runLater", Runnable.class);

    @ArchTest
    static final ArchRule viewModelsKnowNoScene = noClasses().that().haveSimpleNameEndingWith("ViewModel")
            .should().dependOnClassesThat().resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..");

    @ArchTest
    static final ArchRule coreIsSeenThroughItsDoor = noClasses()
            .should().dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.sallyport.core..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(
                            "org.sallyport.core.engine", "org.sallyport.core.model", "org.sallyport.core.settings"))));

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("org.sallyport.ui.(*)..").should().beFreeOfCycles();
}

package org.sallyport.app;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaConstructor.CONSTRUCTOR_NAME;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** The rules between core, ui and app for the packages below one root, so that the same rules run over planted violations. */
record ModuleRules(String root) {

    static final List<String> UI_PACKAGES = List.of("shell", "feed", "transfers", "addtorrent", "sharing", "devices", "safety",
            "family", "activity", "settings", "dialog", "control", "i18n");
    static final List<String> APP_PACKAGES = List.of("launch", "cli", "desktop", "wiring", "sample");
    static final List<String> OPEN_CORE_PACKAGES = List.of("engine", "model", "settings");

    ArchRule everyPackageIsKnown() {
        return classes().that().resideOutsideOfPackage(root + ".core..")
                .should().resideInAnyPackage(Stream.concat(
                        UI_PACKAGES.stream().map(name -> root + ".ui." + name),
                        APP_PACKAGES.stream().map(name -> root + ".app." + name)).toArray(String[]::new))
                .because("a new package is a decision").allowEmptyShould(true);
    }

    ArchRule coreKnowsNeitherWindowNorApp() {
        return noClasses().that().resideInAPackage(root + ".core..")
                .should().dependOnClassesThat().resideInAnyPackage(root + ".ui..", root + ".app..").allowEmptyShould(true);
    }

    ArchRule coreKnowsNoToolkit() {
        return noClasses().that().resideInAPackage(root + ".core..")
                .should().dependOnClassesThat().resideInAPackage("javafx..").allowEmptyShould(true);
    }

    ArchRule windowKnowsNoApp() {
        return noClasses().that().resideInAPackage(root + ".ui..")
                .should().dependOnClassesThat().resideInAPackage(root + ".app..").allowEmptyShould(true);
    }

    ArchRule windowAndAppSeeOnlyTheOpenPackagesOfCore() {
        String[] open = OPEN_CORE_PACKAGES.stream().map(name -> root + ".core." + name).toArray(String[]::new);
        DescribedPredicate<JavaClass> closed = JavaClass.Predicates.resideInAPackage(root + ".core..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(open)).as("reside in a closed package of core");
        return noClasses().that().resideInAnyPackage(root + ".ui..", root + ".app..")
                .should(dependOnClassesThat(closed)).allowEmptyShould(true);
    }

    ArchRule windowIsFreeOfCycles() {
        return slices().matching(root + ".ui.(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule appIsFreeOfCycles() {
        return slices().matching(root + ".app.(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule onlyFeedHopsToTheFxThread() {
        return noClasses().that().resideOutsideOfPackage(root + ".ui.feed")
                .should().accessTargetWhere(is("javafx.application.Platform", "runLater")).allowEmptyShould(true);
    }

    ArchRule viewModelsKnowNoScene() {
        return noClasses().that().haveSimpleNameEndingWith("ViewModel")
                .should().dependOnClassesThat().resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..")
                .allowEmptyShould(true);
    }

    /** Decision 0011. */
    ArchRule qrCodesBelongToDevices() {
        return noClasses().that().resideOutsideOfPackage(root + ".ui.devices")
                .should().dependOnClassesThat().resideInAPackage("com.google.zxing..").allowEmptyShould(true);
    }

    ArchRule nobodySleeps() {
        return noClasses().should().accessTargetWhere(target(name("sleep"))).allowEmptyShould(true);
    }

    ArchRule windowMakesNoThread() {
        return noClasses().that().resideInAPackage(root + ".ui..")
                .should().accessTargetWhere(target(owner(assignableTo(Thread.class))).and(target(name(CONSTRUCTOR_NAME))))
                .allowEmptyShould(true);
    }

    /** The launcher, when all is done, and wiring, where a signal ends what did not stop in time. */
    ArchRule onlyLaunchAndWiringEndTheProcess() {
        return noClasses().that().resideOutsideOfPackages(root + ".app.launch", root + ".app.wiring")
                .should().accessTargetWhere(is("java.lang.System", "exit")
                        .or(is("java.lang.Runtime", "exit")).or(is("java.lang.Runtime", "halt"))).allowEmptyShould(true);
    }

    /** Calls of a method and references to it ({@code Platform::runLater}) alike. */
    private static DescribedPredicate<JavaAccess<?>> is(String owner, String method) {
        return target(owner(name(owner))).and(target(name(method))).as("the target is %s.%s", owner, method);
    }
}

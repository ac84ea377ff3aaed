package org.sallyport.core;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaConstructor.CONSTRUCTOR_NAME;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.BiFunction;
import javax.net.ssl.TrustManager;

/** The rules of core for the packages below one root, so that the same rules run over core and over planted violations. */
record ArchitectureRules(String root) {

    ArchRule everyPackageIsInTheTable() {
        return classes().should(new ArchCondition<JavaClass>("lie in a package of the table") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (PackageTable.find(packageOf(type)).isEmpty()) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " lies in a package the table does not know"));
                }
            }
        });
    }

    ArchRule packagesUseOnlyWhatTheTableAllows() {
        return classes().should(dependOnlyOn("packages the table allows", (from, to) -> {
            boolean allowed = !inside(to) || from.equals(packageOf(to))
                    || PackageTable.find(from).map(row -> row.mayUse().contains(packageOf(to))).orElse(false);
            return allowed ? "" : from + " may not use " + packageOf(to);
        }));
    }

    ArchRule packagesAreFreeOfCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule librariesStayInTheirPackages() {
        return classes().should(dependOnlyOn("libraries that live in their package", (from, to) -> {
            if (inside(to) || to.getBaseComponentType().isPrimitive()) {
                return "";
            }
            return PackageTable.libraryOf(to.getBaseComponentType())
                    .map(library -> library.homes().contains(from) ? "" : from + " may not use " + library.name())
                    .orElse(from + " may not use a library that is not in the table");
        }));
    }

    ArchRule nobodySleeps() {
        return noClasses().should().accessTargetWhere(target(name("sleep")))
                .because("a wait has a condition and a deadline, and the network thread never waits").allowEmptyShould(true);
    }

    ArchRule nobodyMakesAThread() {
        return noClasses().should().accessTargetWhere(target(owner(assignableTo(Thread.class))).and(target(name(CONSTRUCTOR_NAME))))
                .because("threads come from executors that their creator closes").allowEmptyShould(true);
    }

    ArchRule nobodyEndsTheProcess() {
        return noClasses().should().accessTargetWhere(is("java.lang.System", "exit")
                        .or(is("java.lang.Runtime", "exit")).or(is("java.lang.Runtime", "halt")))
                .because("only the app decides that the process ends").allowEmptyShould(true);
    }

    /** One class is told whom to trust: it compares with the pinned key of one paired device. */
    ArchRule nobodyDecidesAloneWhomToTrust() {
        return noClasses().that().doNotHaveFullyQualifiedName(root + ".trust.PinTrustManager").should().beAssignableTo(TrustManager.class)
                .orShould().dependOnClassesThat().haveNameMatching(
                        ".*\\.(NoopHostnameVerifier|TrustStrategy|TrustAllStrategy|TrustSelfSignedStrategy|InsecureTrustManagerFactory)")
                .because("certificates are checked by the platform or against a pin, and no switch turns that off (invariant I4)")
                .allowEmptyShould(true);
    }

    /** Calls of a method and references to it ({@code System::exit}) alike. */
    private static DescribedPredicate<JavaAccess<?>> is(String owner, String method) {
        return target(owner(name(owner))).and(target(name(method))).as("the target is %s.%s", owner, method);
    }

    private boolean inside(JavaClass type) {
        return type.getBaseComponentType().getPackageName().startsWith(root + ".");
    }

    /** The package below the root, dots included when it lies deeper: the table knows no such name. */
    private String packageOf(JavaClass type) {
        String full = type.getBaseComponentType().getPackageName();
        return full.startsWith(root + ".") ? full.substring(root.length() + 1) : full;
    }

    /** @param complaint package and used class in, what is wrong with it out, empty if nothing */
    private ArchCondition<JavaClass> dependOnlyOn(String description, BiFunction<String, JavaClass, String> complaint) {
        return new ArchCondition<>("depend only on " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String wrong = complaint.apply(packageOf(type), dependency.getTargetClass());
                    if (!wrong.isEmpty()) {
                        events.add(SimpleConditionEvent.violated(type, wrong + ": " + dependency.getDescription()));
                    }
                }
            }
        };
    }
}

package dev.trellis.deploy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which module knows what. This module sees them all, so the rules are here. */
class ArchitectureTest {
    private static final String[] CORE = {
        "dev.trellis.manifest..",
        "dev.trellis.scheduler.observe..",
        "dev.trellis.scheduler.decide..",
        "dev.trellis.scheduler.step..",
        "dev.trellis.scheduler.place.."
    };

    private static final Pattern TESTS = Pattern.compile(".*(/test-classes/|-tests\\.jar).*");
    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(ArchitectureTest::isMain)
                    .importPackages("dev.trellis");

    @Test
    void theCoreKnowsNoFrameworkAndNoThreads() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.micronaut..",
                        "io.nats..",
                        "io.micrometer..",
                        "org.slf4j..",
                        "java.util.concurrent..",
                        "java.net..")
                .check(MAIN);
    }

    @Test
    void theCoreReadsNoClockAndRollsNoDice() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .callMethodWhere(describe("it reads the clock", ArchitectureTest::readsTheClock))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .check(MAIN);
    }

    @Test
    void theCoreKnowsNotItsLoop() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.trellis.scheduler.loop..")
                .check(MAIN);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.trellis.(**)")
                .should()
                .beFreeOfCycles()
                // The root of api joins its parts, and holds the settings that they are given.
                .ignoreDependency(
                        resideInAnyPackage("dev.trellis.api"),
                        resideInAnyPackage("dev.trellis.api.."))
                .check(MAIN);
    }

    @Test
    void theLatticeSideAndThePeopleSideDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.trellis.events..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.trellis.api..")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage("dev.trellis.api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.trellis.events..")
                .check(MAIN);
    }

    @Test
    void nobodyKnowsTheCompositionRoot() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.trellis.deploy..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.trellis.deploy..")
                .check(MAIN);
    }

    @Test
    void onlyApiAndDeployKnowMicronaut() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.trellis.api..", "dev.trellis.deploy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micronaut..")
                .check(MAIN);
    }

    @Test
    void nothingReactiveIsInASignatureButWhereEventsGoToAClientAsTheyCome() {
        methods()
                .that(are(describe("written by hand", ArchitectureTest::writtenByHand)))
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("dev.trellis.api.watch..")
                .and()
                .areDeclaredInClassesThat()
                .doNotHaveSimpleName("WatchController")
                .should(nameNoTypeOf("reactor..", "io.reactivex..", "org.reactivestreams.."))
                .check(MAIN);
    }

    @Test
    void thereIsNoMockLibraryOnTheClassPath() {
        for (var name :
                Set.of("org.mockito.Mockito", "org.easymock.EasyMock", "org.jmock.Mockery")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> Class.forName(name))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void mainCodeKnowsNoTestFixtures() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.trellis.fixtures..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.trellis.fixtures..")
                .check(MAIN);
    }

    @Test
    void theFixturesKnowNoModuleOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("dev.trellis.fixtures..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.trellis..")
                                .and(
                                        DescribedPredicate.not(
                                                resideInAnyPackage("dev.trellis.fixtures.."))))
                .check(MAIN);
    }

    private static boolean isMain(Location location) {
        return !location.matches(TESTS);
    }

    private static boolean readsTheClock(com.tngtech.archunit.core.domain.JavaMethodCall call) {
        AccessTarget target = call.getTarget();
        boolean now =
                target.getName().equals("now")
                        && target.getOwner().getPackageName().equals("java.time");
        boolean system =
                target.getOwner().getFullName().equals("java.lang.System")
                        && Set.of("nanoTime", "currentTimeMillis", "getenv", "getProperty")
                                .contains(target.getName());
        return now || system;
    }

    // Micronaut's processors write classes whose names hold a dollar sign at the start.
    private static boolean writtenByHand(JavaMethod method) {
        return !method.getOwner().getSimpleName().startsWith("$");
    }

    private static ArchCondition<JavaMethod> nameNoTypeOf(String... packages) {
        var reactive = resideInAnyPackage(packages);
        return new ArchCondition<>("name no reactive type") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (JavaClass type : method.getAllInvolvedRawTypes()) {
                    if (reactive.test(type)) {
                        events.add(
                                SimpleConditionEvent.violated(
                                        method, method.getFullName() + " names " + type.getName()));
                    }
                }
            }
        };
    }
}

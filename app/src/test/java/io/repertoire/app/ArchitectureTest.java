package io.repertoire.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.IDN;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** The dependency rule between the modules: only topics lie between the stages. */
@AnalyzeClasses(
        packages = "io.repertoire",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {

    /** In a whole build the other modules' test fixtures are on the class path as jars, which the stock option takes for code. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String SCHEMAS = "io.repertoire.schemas..";
    private static final String CUSTOMERS = "io.repertoire.customers..";
    private static final String INGEST = "io.repertoire.ingest..";
    private static final String STREAMS = "io.repertoire.streams..";
    private static final String SINK = "io.repertoire.sink..";
    private static final String EMBEDDED = "io.repertoire.embedded..";
    private static final String APP = "io.repertoire.app..";

    @ArchTest
    static final ArchRule schemas_depends_on_no_other_module = noClasses()
            .that()
            .resideInAPackage(SCHEMAS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CUSTOMERS, INGEST, STREAMS, SINK, EMBEDDED, APP);

    @ArchTest
    static final ArchRule customers_depends_on_schemas_only = noClasses()
            .that()
            .resideInAPackage(CUSTOMERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INGEST, STREAMS, SINK, EMBEDDED, APP);

    @ArchTest
    static final ArchRule ingest_sees_no_other_stage = noClasses()
            .that()
            .resideInAPackage(INGEST)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STREAMS, SINK, EMBEDDED, APP);

    @ArchTest
    static final ArchRule streams_sees_no_other_stage = noClasses()
            .that()
            .resideInAPackage(STREAMS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INGEST, SINK, EMBEDDED, APP);

    @ArchTest
    static final ArchRule sink_sees_no_other_stage_and_no_domain = noClasses()
            .that()
            .resideInAPackage(SINK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CUSTOMERS, INGEST, STREAMS, EMBEDDED, APP);

    @ArchTest
    static final ArchRule embedded_knows_servers_only = noClasses()
            .that()
            .resideInAPackage(EMBEDDED)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SCHEMAS, CUSTOMERS, INGEST, STREAMS, SINK, APP);

    @ArchTest
    static final ArchRule the_domain_has_no_kafka_no_sql_no_network_and_no_files = noClasses()
            .that()
            .resideInAPackage(CUSTOMERS)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "org.apache.kafka..", "java.sql..", "javax.sql..", "java.net..", "java.nio.file..")
                    // The spelling of international domain names needs no network.
                    .and(not(equivalentTo(IDN.class))));

    @ArchTest
    static final ArchRule what_the_machine_works_with_knows_nothing_of_the_machine = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.repertoire.customers.golden",
                    "io.repertoire.customers.identity",
                    "io.repertoire.customers.keys",
                    "io.repertoire.customers.name",
                    "io.repertoire.customers.text")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.repertoire.customers");

    @ArchTest
    static final ArchRule the_domain_has_no_clock = noClasses()
            .that()
            .resideInAPackage(CUSTOMERS)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now");

    @ArchTest
    static final ArchRule nobody_but_the_entry_ends_the_process = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Main.class.getName())
            .and()
            .resideOutsideOfPackage("io.repertoire.bench..")
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule only_the_application_reads_the_environment = noClasses()
            .that()
            // Embedded servers are programs beside us: their folder of programs is the PATH.
            .resideOutsideOfPackages(APP, EMBEDDED, "io.repertoire.bench..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule only_the_application_knows_the_logging_backend = classes()
            .that()
            .resideInAnyPackage("ch.qos.logback..")
            .or()
            .resideInAnyPackage("io.micrometer..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage(APP)
            .allowEmptyShould(true);
}

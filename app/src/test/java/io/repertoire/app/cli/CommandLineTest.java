package io.repertoire.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Scripts rely on the command line: every line of it parses, and every wrong one is told apart from a failure. */
class CommandLineTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "import a.csv",
                "import a.csv b.csv c.csv",
                "import a.csv --layout square --mode upsert --on-error reject-rows --group Regulars",
                "import --mode update-by-id a.csv",
                "import --mode create-only --on-error reject-file a.csv",
                "import a.csv --directory north --source till-7 --dry-run --force --json",
                "export",
                "export --status archived --customer C-00001 --directory north --out customers.csv",
                "export --status all",
                "imports list",
                "imports show 20260101-000000-abcdef",
                "imports show 20260101-000000-abcdef --rows",
                "imports rejects 20260101-000000-abcdef",
                "imports undo 20260101-000000-abcdef",
                "imports cancel 20260101-000000-abcdef",
                "customers search Tremblay",
                "customers search Jean Tremblay",
                "customers show C-00001",
                "customers inactive 1095 --directory north --json",
                "customers create family_name=Roy email=roy@example.org",
                "customers edit C-00001 family_name=Roy",
                "customers points C-00001 -50",
                "customers group C-00001 add Regulars",
                "customers group C-00001 remove Regulars",
                "customers distinct C-00001 C-00002",
                "customers merge C-00001 C-00002",
                "customers unmerge C-00002",
                "customers split C-00001 record-1 record-2",
                "customers archive C-00001",
                "customers unarchive C-00001",
                "customers erase C-00001",
                "customers erase C-00001 --yes --reason asked --hold law",
                "customers opt-out C-00001",
                "reviews list",
                "reviews ignore r1",
                "reviews merge r1",
                "reviews merge-all",
                "templates square",
                "templates square --lang fr",
                "servers",
                "ingest",
                "streams",
                "sink",
                "console",
                "topics create",
                "topics list",
                "db migrate",
                "db rebuild",
                "schemas register",
                "schemas check",
                "dlq show",
                "dlq show --raw",
                "dlq replay",
                "config",
                "status",
                "bench",
                "bench generate f.csv --rows 10",
                "version"
            })
    void every_line_of_the_synopsis_parses_with_the_common_options_at_either_end(String line) {
        var commandLine = new CommandRun(folder).commandLine();

        assertThatCode(() -> commandLine.parseArgs(line.split(" "))).doesNotThrowAnyException();
        assertThatCode(() -> new CommandRun(folder)
                        .commandLine()
                        .parseArgs((line + " --data d --config c --json").split(" ")))
                .doesNotThrowAnyException();
        assertThatCode(() -> new CommandRun(folder)
                        .commandLine()
                        .parseArgs(("--data d --config c --json " + line).split(" ")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "import",
                "import a.csv --mode sideways",
                "import a.csv --on-error shrug",
                "import a.csv --directory UPPER",
                "export --directory UPPER",
                "customers search x --directory UPPER",
                "import a.csv --source roy@example.org",
                "import --nonsense a.csv",
                "export --status nonsense",
                "imports",
                "imports show",
                "imports cancel",
                "customers",
                "customers show",
                "customers inactive",
                "customers inactive 0",
                "customers inactive many",
                "customers edit C-00001",
                "customers merge C-00001",
                "customers points C-00001 many",
                "customers create nonsense=1",
                "customers create family_name",
                "customers create family_name=",
                "customers create code=C-00009 family_name=Roy",
                "customers create family_name=Roy family_name=Cole",
                "customers edit C-00001 customer_id=x",
                "customers group C-00001 sideways Regulars",
                "customers distinct C-00001",
                "customers merge C-00001 C-00002 --directory UPPER",
                "customers archive C-00001 --if-version seven",
                "reviews",
                "topics",
                "db drop",
                "import a.csv --data",
                "config --config missing.properties",
                "config --set http.port=none",
                "config --set no.such.setting=1"
            })
    void a_wrong_line_exits_with_2_says_why_on_standard_error_and_answers_nothing(String line) {
        var run = new CommandRun(folder);

        int exitCode = run.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(exitCode).isEqualTo(2);
        assertThat(run.err()).isNotBlank();
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "dlq replay"})
    void what_is_not_built_yet_says_so_and_exits_with_2_and_touches_nothing(String line) {
        var run = new CommandRun(folder);

        assertThat(run.run(line.split(" "))).isEqualTo(2);
        assertThat(run.err()).contains("is not built yet");
        assertThat(run.out()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_template_is_the_answer_and_no_layout_lists_them() {
        var run = new CommandRun(folder);

        assertThat(run.run("templates", "moneris")).isZero();
        assertThat(run.out())
                .startsWith("\ufeffID de Client,Prénom,Nom de famille,")
                .contains("@sample.repertoire.example");
        assertThat(folder).isEmptyDirectory();

        var listing = new CommandRun(folder);
        assertThat(listing.run("templates")).isZero();
        assertThat(listing.out()).contains("moneris", "fr, en", "repertoire");

        var wrong = new CommandRun(folder);
        assertThat(wrong.run("templates", "sqare")).isEqualTo(2);
        assertThat(wrong.err()).contains("There is no template of \"sqare\"").contains("square");
    }

    @Test
    void import_names_every_file_that_cannot_be_read_and_starts_nothing() throws Exception {
        Files.createDirectory(folder.resolve("a folder.csv"));
        var run = new CommandRun(folder);

        String data = folder.resolve("data").toString();
        assertThat(run.run("import", "gone.csv", "a folder.csv", "--data", data))
                .isEqualTo(1);
        assertThat(run.err()).contains("There is no file gone.csv.", "a folder.csv is not a file.");
        assertThat(run.out()).isEmpty();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imports list",
                "imports show i1",
                "imports rejects i1",
                "imports undo i1",
                "imports cancel i1",
                "export",
                "customers search x",
                "customers show C-00001",
                "customers create family_name=Roy",
                "customers merge C-00001 C-00002",
                "reviews list",
                "reviews ignore r1",
                "topics list",
                "db migrate",
                "schemas check",
                "dlq show",
                "status"
            })
    void what_reads_or_talks_makes_no_installation_where_none_is(String line) throws Exception {
        var run = new CommandRun(folder);
        assertThat(run.run((line + " --data " + folder.resolve("typo")).split(" ")))
                .isEqualTo(2);
        assertThat(run.err()).contains("There is no directory at " + folder.resolve("typo"), "import");
        assertThat(run.out()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_folder_that_holds_something_else_is_no_installation_either() throws Exception {
        Path other = Files.createDirectory(folder.resolve("photos"));
        var run = new CommandRun(folder);
        assertThat(run.run("imports", "list", "--data", other.toString())).isEqualTo(2);
        assertThat(run.err()).contains("No installation of Repertoire is in " + other);
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void status_of_the_usual_folder_says_that_nothing_runs_before_there_is_one() {
        var run = new CommandRun(folder);
        assertThat(run.run("status")).isZero();
        assertThat(run.out()).contains("Nothing is running here.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void status_shows_people_no_password() {
        assertThat(StatusCommand.withoutPassword("jdbc:postgresql://h:1/d?user=u&password=p"))
                .isEqualTo("jdbc:postgresql://h:1/d?user=u");
        assertThat(StatusCommand.withoutPassword("jdbc:postgresql://h:1/d?password=p&ssl=true"))
                .isEqualTo("jdbc:postgresql://h:1/d?ssl=true");
        assertThat(StatusCommand.withoutPassword("jdbc:postgresql://h:1/d?password=p"))
                .isEqualTo("jdbc:postgresql://h:1/d");
        assertThat(StatusCommand.withoutPassword("jdbc:postgresql://h:1/d?user=u"))
                .isEqualTo("jdbc:postgresql://h:1/d?user=u");
    }

    @Test
    void an_import_is_cancelled_by_a_file_beside_it_that_the_next_start_finds() throws Exception {
        Path claim = Files.createDirectories(folder.resolve("data/processing/20260101-000000-abcdef"));
        Files.createDirectories(folder.resolve("data/run"));
        String data = folder.resolve("data").toString();
        var none = new CommandRun(folder);
        assertThat(none.run("imports", "cancel", "2027", "--data", data)).isEqualTo(1);
        assertThat(none.err()).contains("No file of an import 2027 is being read");
        var run = new CommandRun(folder);
        assertThat(run.run("imports", "cancel", "2026", "--data", data)).isZero();
        assertThat(run.out()).contains("at the next start");
        assertThat(claim.resolve("cancel.properties")).exists();
    }

    @Test
    void no_data_folder_at_all_is_not_the_one_the_command_is_run_in() throws Exception {
        var run = new CommandRun(folder);

        assertThat(run.run("imports", "list", "--data", "")).isEqualTo(2);

        assertThat(run.err()).contains("data.dir (flag) must be the name of a folder");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void help_of_every_command_is_there_and_is_an_answer() {
        helpOf(new CommandRun(folder).commandLine());
    }

    private void helpOf(CommandLine command) {
        String[] path = command.getCommandSpec().qualifiedName().split(" ");
        var run = new CommandRun(folder);
        String[] arguments = Arrays.copyOfRange(path, 1, path.length + 1);
        arguments[arguments.length - 1] = "--help";

        assertThat(run.run(arguments)).isZero();
        assertThat(run.out()).startsWith("Usage: " + String.join(" ", path)).contains("--data=DIR", "--json");
        assertThat(run.err()).isEmpty();
        assertThat(command.getCommandSpec().usageMessage().description())
                .as("description of %s", String.join(" ", path))
                .isNotEmpty();
        assertThat(command.getCommandSpec().usageMessage().description()[0])
                .as("what the list of commands says of %s: all that is shown there", String.join(" ", path))
                .matches(".*[.?]");
        command.getSubcommands().values().forEach(this::helpOf);
    }

    @Test
    void the_help_of_imports_says_what_they_can_be_asked() {
        var run = new CommandRun(folder);

        assertThat(run.run("imports", "--help")).isZero();

        assertThat(run.out()).contains("undo     Take an import back").contains("list     Every import");
    }

    @Test
    void the_help_of_import_names_every_option_of_the_synopsis() {
        var run = new CommandRun(folder);

        run.run("import", "--help");

        assertThat(run.out())
                .contains(
                        "--layout=L",
                        "--mode=M",
                        "--on-error=E",
                        "--group=G",
                        "--directory=D",
                        "--source=S",
                        "--dry-run",
                        "--force",
                        "--json",
                        "FILE...");
    }

    @Test
    void version_answers_on_standard_output() {
        var run = new CommandRun(folder);

        assertThat(run.run("version")).isZero();
        assertThat(run.out()).startsWith("repertoire ").doesNotContain("${");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void config_shows_every_value_with_its_source_and_no_secret() {
        var run = new CommandRun(folder).environment("REPERTOIRE_JDBC_PASSWORD", "correct horse");

        assertThat(run.run("config", "--set", "streams.threads=2", "--data", "elsewhere"))
                .isZero();

        assertThat(run.out())
                .contains("streams.threads = 2", "# flag")
                .contains("data.dir = elsewhere")
                .contains("http.port = 8480", "# default")
                .contains("jdbc.password = ********", "# environment REPERTOIRE_JDBC_PASSWORD")
                .doesNotContain("correct horse");
    }

    @Test
    void all_that_is_wrong_with_the_configuration_is_said_at_once() {
        var run = new CommandRun(folder).environment("REPERTOIRE_TOPICS_PARTITIONS", "none");

        assertThat(run.run("config", "--set", "http.port=-1", "--set", "no.such.setting=1"))
                .isEqualTo(2);

        assertThat(run.err()).contains("topics.partitions", "http.port", "no.such.setting");
    }
}

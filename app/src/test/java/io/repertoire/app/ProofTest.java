package io.repertoire.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each pitfall is named by a test, and docs/proof.md names tests that exist. */
class ProofTest {

    private static final int PITFALLS = 60;
    private static final Pattern METHOD = Pattern.compile("(?:void|Stream<DynamicTest>) ([a-z][A-Za-z0-9_]*)\\(");
    private static final Pattern NUMBER = Pattern.compile("(?:^|_)p(\\d+)(?=_)");
    private static final Pattern NAMED = Pattern.compile("`(?:(\\w+)\\.)?([a-z][a-z0-9]*(?:_[A-Za-z0-9]+)+)`");

    private final Path root = root();

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/proof.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private Stream<Path> testSources() throws IOException {
        Stream.Builder<Path> found = Stream.builder();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.toList()) {
                Path tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    try (Stream<Path> files = Files.walk(tests)) {
                        files.filter(f -> f.toString().endsWith(".java")).forEach(found);
                    }
                }
            }
        }
        return found.build();
    }

    /** {@code method}, and {@code Class.method}. */
    private Set<String> methods() throws IOException {
        var methods = new HashSet<String>();
        testSources().forEach(file -> {
            String type = file.getFileName().toString().replace(".java", "");
            Matcher method = METHOD.matcher(read(file));
            while (method.find()) {
                methods.add(method.group(1));
                methods.add(type + '.' + method.group(1));
            }
        });
        return methods;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void every_pitfall_is_named_by_a_test() throws IOException {
        var numbers = new TreeSet<Integer>();
        for (String method : methods()) {
            Matcher number = NUMBER.matcher(method);
            while (number.find()) {
                numbers.add(Integer.valueOf(number.group(1)));
            }
        }
        assertThat(numbers)
                .containsAll(IntStream.rangeClosed(1, PITFALLS).boxed().toList());
    }

    @Test
    void every_test_that_the_documentation_names_exists() throws IOException {
        Set<String> methods = methods();
        String text = read(root.resolve("docs/proof.md"));
        Matcher named = NAMED.matcher(text);
        int count = 0;
        while (named.find()) {
            String name = named.group(1) == null ? named.group(2) : named.group(1) + '.' + named.group(2);
            assertThat(methods).contains(name);
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(PITFALLS);
        for (int number = 1; number <= PITFALLS; number++) {
            assertThat(text).contains("| P" + number + " |");
        }
    }
}

package io.repertoire.app.cli;

import io.repertoire.ingest.layout.LayoutLibrary;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.ingest.layout.Templates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "templates",
        sortOptions = false,
        description = {
            "An empty file of a layout, to fill in. Its sample rows are refused if they are left in.",
            "Without a layout: the ones there are."
        })
final class TemplatesCommand extends Action {

    /** Excel takes a file without it for one in the code page of the country. */
    private static final String MARK = "\ufeff";

    @Parameters(arity = "0..1", paramLabel = "LAYOUT", description = "Layout.")
    @Nullable
    String layout;

    @Option(
            names = "--lang",
            paramLabel = "fr|en",
            description = "Language of its sample rows, and of its headers where the system has them in it.")
    @Nullable
    String language;

    @Option(names = "--out", paramLabel = "FILE", description = "Write there instead of to standard output.")
    @Nullable
    Path out;

    @Override
    public Integer call() throws IOException, SQLException {
        Layouts layouts = new LayoutLibrary(root().configuration().dataDir()).current();
        layouts.complaints().forEach(complaint -> root().terminal().say(complaint));
        var templates = new Templates(layouts);
        if (layout == null) {
            list(templates);
            return 0;
        }
        String headers = language(templates, layout);
        String spoken = language == null ? headers : language;
        byte[] text = (MARK + templates.text(layout, headers, spoken)).getBytes(StandardCharsets.UTF_8);
        if (out == null) {
            root().terminal().out().write(text);
            root().terminal().out().flush();
        } else {
            OutFile.of(root().folder(), out).write(to -> to.write(text));
        }
        return 0;
    }

    private String language(Templates templates, String name) {
        List<String> languages = templates.languages(name);
        if (languages.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no template of \"" + name + "\". There are: " + String.join(", ", templates.layouts())
                            + '.');
        }
        if (language == null) {
            return languages.get(0);
        }
        oneOf("--lang", language, "fr", "en");
        // A system whose files come in one language has headers in that language, whoever asks.
        return languages.contains(language) ? language : languages.get(0);
    }

    private void list(Templates templates) {
        for (String name : templates.layouts()) {
            String about = templates.about(name);
            List<String> languages = templates.languages(name);
            if (root().json()) {
                var node = Json.node().put("layout", name).put("about", about);
                languages.forEach(node.putArray("languages")::add);
                root().terminal().answer(node.toString());
            } else {
                root().terminal()
                        .answer(String.format(
                                        "%-18s %-7s %s", name, String.join(", ", languages), about == null ? "" : about)
                                .stripTrailing());
            }
        }
    }
}

package io.repertoire.ingest.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The layout files that are shipped: every {@code /layouts/*.json}, so that one file more is one layout more. */
final class LayoutFolder {

    private static final String FOLDER = "layouts/";
    private static final String KNOWN = "/layouts/plain-en.json";
    private static final String SUFFIX = ".json";

    private LayoutFolder() {}

    /** By name. */
    static Map<String, LayoutFile> read() {
        Map<String, LayoutFile> files = new TreeMap<>();
        try {
            for (String name : names()) {
                try (InputStream in = LayoutFolder.class.getResourceAsStream("/" + FOLDER + name)) {
                    LayoutFile file = LayoutFile.JSON.readValue(in, LayoutFile.class);
                    if (!name.equals(file.name() + SUFFIX)) {
                        throw new IllegalStateException("layout file " + name + " calls itself " + file.name());
                    }
                    files.put(file.name(), file);
                } catch (IOException e) {
                    throw new UncheckedIOException("layout file " + name, e);
                }
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the layouts cannot be listed", e);
        }
        return files;
    }

    private static List<String> names() throws IOException, URISyntaxException {
        URL known = LayoutFolder.class.getResource(KNOWN);
        if (known == null) {
            throw new IOException("no " + KNOWN);
        }
        List<String> names = new ArrayList<>();
        URLConnection connection = known.openConnection();
        if (connection instanceof JarURLConnection jar) {
            // A file of our own, so that closing it takes it from nobody else.
            jar.setUseCaches(false);
            try (JarFile file = jar.getJarFile()) {
                file.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith(FOLDER) && name.endsWith(SUFFIX))
                        .forEach(name -> names.add(name.substring(FOLDER.length())));
            }
        } else {
            Path folder = Path.of(known.toURI()).resolveSibling(".").normalize();
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(SUFFIX))
                        .forEach(names::add);
            }
        }
        return names;
    }
}

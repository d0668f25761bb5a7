package io.repertoire.ingest.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.repertoire.customers.SourceSystems;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Layout files of the user's own, beside the ones that are shipped. One that cannot be used is told with its name and the reason, and
 * keeps no other from being used.
 */
final class OwnLayouts {

    private static final String SUFFIX = ".json";
    private static final long LARGEST = 1 << 20;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private final Map<String, LayoutFile> files = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();

    private OwnLayouts() {}

    /**
     * @param folder need not be there
     * @param shipped by name
     */
    static OwnLayouts read(Path folder, Map<String, LayoutFile> shipped) {
        var own = new OwnLayouts();
        for (Path file : own.listed(folder)) {
            try {
                own.add(file, shipped);
            } catch (IOException e) {
                own.complain(file, "it cannot be read");
            }
        }
        own.checkTogether(shipped);
        return own;
    }

    /** Those that can be used. */
    Map<String, LayoutFile> files() {
        return files;
    }

    /** A sentence for each file that cannot be used. */
    List<String> complaints() {
        return complaints;
    }

    private List<Path> listed(Path folder) {
        List<Path> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                for (Path file : found) {
                    if (!file.getFileName().toString().startsWith(".")) {
                        all.add(file);
                    }
                }
            } catch (IOException | java.nio.file.DirectoryIteratorException e) {
                complaints.add("The folder layouts cannot be read.");
            }
        }
        all.sort(null);
        return all;
    }

    private void add(Path file, Map<String, LayoutFile> shipped) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            complain(file, "it is no ordinary file");
            return;
        }
        if (Files.size(file) > LARGEST) {
            complain(file, "it is larger than 1 MiB");
            return;
        }
        LayoutFile read;
        try {
            read = LayoutFile.JSON.readValue(Files.readAllBytes(file), LayoutFile.class);
        } catch (JsonProcessingException e) {
            complain(file, place(e) + firstSentence(e.getOriginalMessage()));
            return;
        }
        String fault = fault(file, read, shipped);
        if (fault == null) {
            files.put(read.name(), read);
        } else {
            complain(file, fault);
        }
    }

    private static @Nullable String fault(Path file, @Nullable LayoutFile read, Map<String, LayoutFile> shipped) {
        if (read == null || read.name() == null || read.columns() == null) {
            return "it has no \"name\" or no \"columns\"";
        }
        String name = read.name();
        if (!(name + SUFFIX).equals(file.getFileName().toString())) {
            return "it calls itself \"" + name + "\", and a layout is called as its file is";
        }
        if (!NAME.matcher(name).matches()) {
            return "a layout's name is of small letters, digits and hyphens, at most 40";
        }
        if (shipped.containsKey(name) || SourceSystems.isReserved(name)) {
            return "there is a layout of this name already; give yours another";
        }
        if (!"en".equals(read.language()) && !"fr".equals(read.language())) {
            return "its \"language\" must be en or fr";
        }
        return null;
    }

    /** What can only be told when all are there: what they include. */
    private void checkTogether(Map<String, LayoutFile> shipped) {
        boolean again = true;
        while (again) {
            again = false;
            for (LayoutFile file : List.copyOf(files.values())) {
                String fault = faultAmongOthers(file, shipped);
                if (fault != null) {
                    files.remove(file.name());
                    complaints.add(complaint(file.name(), fault));
                    again = true;
                }
            }
        }
    }

    private @Nullable String faultAmongOthers(LayoutFile file, Map<String, LayoutFile> shipped) {
        try {
            file.layout(name -> {
                LayoutFile other = files.get(name);
                LayoutFile found = other == null ? shipped.get(name) : other;
                if (found == null) {
                    throw new IllegalArgumentException("it includes \"" + name + "\", which there is not");
                }
                return found;
            });
            return null;
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            String constant = "No enum constant " + Field.class.getName() + '.';
            return message.startsWith(constant)
                    ? "there is no field \""
                            + message.substring(constant.length()).toLowerCase(java.util.Locale.ROOT) + '"'
                    : message;
        } catch (RuntimeException e) {
            return "a value in it is missing";
        }
    }

    private void complain(Path file, String why) {
        String name = file.getFileName().toString();
        complaints.add(complaint(name.substring(0, name.length() - SUFFIX.length()), why));
    }

    static String complaint(String name, String why) {
        return about(name) + "is not used: " + why + ".";
    }

    /** What a complaint about this layout begins with. */
    static String about(String name) {
        return "The layout file " + name + SUFFIX + " ";
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ": ";
    }

    /** Without the name of our class. */
    private static String firstSentence(@Nullable String message) {
        if (message == null) {
            return "it is no JSON";
        }
        String line = message.lines().findFirst().orElse("it is no JSON");
        int ours = line.indexOf(" (class ");
        return ours > 0 ? line.substring(0, ours) : line.replaceAll("`?io\\.repertoire\\.[A-Za-z.$]*`?", "this key");
    }
}

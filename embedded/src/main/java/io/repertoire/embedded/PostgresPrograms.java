package io.repertoire.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's own programs, unpacked from the class path once, and how they are called. */
final class PostgresPrograms {

    private final Path bin;

    private PostgresPrograms(Path bin) {
        this.bin = bin;
    }

    /** Those of this platform, under a folder that several data folders may share. */
    static PostgresPrograms unpackedIn(Path folder) throws IOException, InterruptedException {
        var archive = "postgres-" + platform() + ".txz";
        var resource = PostgresPrograms.class.getClassLoader().getResource(archive);
        if (resource == null) {
            throw new EmbeddedServerException("There is no embedded PostgreSQL for this platform (" + platform()
                    + "): configure jdbc.url, jdbc.user and jdbc.password");
        }
        // Another version of the programs is another folder: the archive's size tells them apart.
        var connection = resource.openConnection();
        connection.setUseCaches(false);
        var target = folder.resolve(platform() + "-" + connection.getContentLengthLong());
        try (var in = connection.getInputStream()) {
            Folders.createWhole(target, half -> {
                try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
                    unpack(tar, half);
                }
            });
        }
        return new PostgresPrograms(target.resolve("bin"));
    }

    /**
     * A command line. PostgreSQL refuses to run as root; in a user namespace of its own, where it is nobody, it does not see
     * that it is. The files stay root's.
     */
    List<String> command(String program, List<String> arguments) {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.add("unshare");
            command.add("--user");
        }
        command.add(bin.resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    /** @throws EmbeddedServerException if this process is root and the system does not give it a user namespace */
    void checkUser(Path log) throws IOException, InterruptedException {
        if (isRoot()
                && (!ChildProcess.isExecutable("unshare")
                        || ChildProcess.run(List.of("unshare", "--user", "true"), log, Duration.ofSeconds(10)) != 0)) {
            throw new EmbeddedServerException("PostgreSQL does not run as root, and this system gives no user"
                    + " namespace (unshare --user): run as another user, or configure jdbc.url");
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** As the archives are named. */
    private static String platform() {
        var name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        var system = name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : "linux";
        var arch = System.getProperty("os.arch", "");
        return system + "-" + (arch.equals("amd64") ? "x86_64" : arch.equals("aarch64") ? "arm_64" : arch);
    }

    private static void unpack(TarArchiveInputStream tar, Path folder) throws IOException {
        TarArchiveEntry entry;
        while ((entry = tar.getNextEntry()) != null) {
            var path = folder.resolve(entry.getName()).normalize();
            if (!path.startsWith(folder)) {
                throw new IOException("the archive leaves its folder");
            }
            var parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            } else if (entry.isLink()) {
                Files.createLink(path, folder.resolve(entry.getLinkName()).normalize());
            } else {
                Files.copy(tar, path);
                if ((entry.getMode() & 0100) != 0) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }
}

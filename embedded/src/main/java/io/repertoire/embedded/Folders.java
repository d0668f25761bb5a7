package io.repertoire.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Folders that are there whole or not at all. */
final class Folders {

    /** Fills an empty folder. */
    @FunctionalInterface
    interface Filler {
        void fill(Path folder) throws IOException, InterruptedException;
    }

    private Folders() {}

    /**
     * Fills a folder beside the target and renames it into place, so that a kill on the way leaves nothing that looks finished.
     * Does nothing if the target holds anything already.
     */
    static void createWhole(Path target, Filler filler) throws IOException, InterruptedException {
        if (Files.isDirectory(target)) {
            try (var entries = Files.list(target)) {
                if (entries.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(target);
        }
        var parent = target.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        // The process's id keeps two of them apart that unpack to a shared folder at once.
        var half = target.resolveSibling(
                "." + target.getFileName() + ".new-" + ProcessHandle.current().pid());
        delete(half);
        Files.createDirectory(half);
        filler.fill(half);
        try {
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
            delete(half); // the other process was quicker
        }
    }

    /** Deletes a folder with all it holds, if it is there. Links are deleted, not followed. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes what kills during earlier first starts left beside the target. */
    static void deleteHalves(Path target) throws IOException {
        var parent = target.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return;
        }
        try (var halves = Files.newDirectoryStream(parent, "." + target.getFileName() + ".new-*")) {
            for (var half : halves) {
                delete(half);
            }
        }
    }
}

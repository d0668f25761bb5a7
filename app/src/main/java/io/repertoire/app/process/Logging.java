package io.repertoire.app.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import io.repertoire.schemas.Blame;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Logs go to {@code logs/<command>.log} and nowhere else: one file per kind of process, because several may run on one data
 * folder. What libraries write to the standard streams, and what kills a thread, lands there too.
 */
public final class Logging {

    private static final FileSize FILE_SIZE = FileSize.valueOf("20MB");
    private static final int OLD_FILES = 5;

    private Logging() {}

    /** Call once per process, before the first part starts; the file is made by the first line. */
    public static void toFile(Path folder, String command, String level, boolean json) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Path file = folder.resolve(command + ".log");

        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("file");
        appender.setFile(file.toString());
        appender.setEncoder(encoder(context, json));

        var rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(folder.resolve(command + ".%i.log").toString());
        rolling.setMinIndex(1);
        rolling.setMaxIndex(OLD_FILES);
        rolling.start();
        var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        trigger.setContext(context);
        trigger.setMaxFileSize(FILE_SIZE);
        trigger.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        appender.start();

        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger("io.repertoire").setLevel(Level.toLevel(level));
        if (Level.toLevel(level).isGreaterOrEqual(Level.ERROR)) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
        }
        captureTheRest();
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, boolean json) {
        EncoderBase<ILoggingEvent> encoder;
        if (json) {
            encoder = new JsonEncoder();
        } else {
            var pattern = new PatternLayoutEncoder();
            pattern.setCharset(StandardCharsets.UTF_8);
            pattern.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{30} - %msg%kvp%n");
            encoder = pattern;
        }
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    /** Standard streams, java.util.logging and threads that die: all of it belongs in the file, not before a person's eyes. */
    private static void captureTheRest() {
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
        var log = LoggerFactory.getLogger(Logging.class);
        System.setOut(new PrintStream(new LinesToLog(log), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new LinesToLog(log), true, StandardCharsets.UTF_8));
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, death) -> log.error("Thread {} died: {}", thread.getName(), Blame.place(death)));
    }

    /** Collects bytes up to a line's end. */
    private static final class LinesToLog extends ByteArrayOutputStream {
        private final Logger log;

        LinesToLog(Logger log) {
            this.log = log;
        }

        @Override
        public synchronized void flush() {
            String text = toString(StandardCharsets.UTF_8).stripTrailing();
            reset();
            if (!text.isEmpty()) {
                log.warn("A library wrote: {}", text);
            }
        }
    }
}

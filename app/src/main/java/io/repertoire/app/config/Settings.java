package io.repertoire.app.config;

import static io.repertoire.app.config.Setting.secret;
import static io.repertoire.app.config.Setting.setting;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that can be set, in the order of the reference. */
public final class Settings {

    public static final Setting<String> DATA_DIR = setting(
            "data.dir",
            "data",
            Parsers::folder,
            "Folder of the embedded servers' files, the inbox, rejects and logs. Relative to where the command is run."
                    + " Flag: --data.");

    public static final Setting<String> KAFKA_BOOTSTRAP_SERVERS = setting(
            "kafka.bootstrap.servers",
            "",
            Parsers::servers,
            "Kafka brokers, host:port separated by commas. Empty: start the embedded one.");

    public static final Setting<String> SCHEMA_REGISTRY_URL = setting(
            "schema.registry.url",
            "",
            Parsers::httpUrls,
            "Address of a registry with Confluent's REST API (Confluent, Apicurio's /apis/ccompat/v7, Karapace,"
                    + " Redpanda). Empty: start the embedded one.");

    public static final Setting<String> SCHEMA_REGISTRY_USER =
            setting("schema.registry.user", "", Parsers.TEXT, "User to log in to the registry as. Empty: no login.");

    public static final Setting<String> SCHEMA_REGISTRY_PASSWORD =
            secret("schema.registry.password", "The registry's password.");

    public static final Setting<Boolean> SCHEMA_REGISTRY_AUTO_REGISTER = setting(
            "schema.registry.auto.register",
            "true",
            Parsers::bool,
            "May this process register schemas and set compatibility rules? If not they are only looked up.");

    public static final Setting<String> SERDE_PROVIDER = setting(
            "serde.provider",
            "builtin",
            Parsers.oneOf("builtin", "confluent"),
            "Who writes and reads Confluent's wire format: our own code, or io.confluent.kafka.serializers, which has"
                    + " to be on the class path.");

    public static final Setting<String> JDBC_URL = setting(
            "jdbc.url",
            "",
            Parsers::jdbcUrl,
            "PostgreSQL database, jdbc:postgresql://host:port/database. Empty: start the embedded one.");

    public static final Setting<String> JDBC_USER = setting("jdbc.user", "", Parsers.TEXT, "Role to connect as.");

    public static final Setting<String> JDBC_PASSWORD = secret("jdbc.password", "Its password.");

    public static final Setting<String> HTTP_HOST = setting(
            "http.host",
            "127.0.0.1",
            Parsers.TEXT,
            "Address to listen on. 0.0.0.0 opens it to the network: put TLS in front of it then.");

    public static final Setting<Integer> HTTP_PORT = setting(
            "http.port",
            "8480",
            Parsers.integer(0, 65535),
            "Port of the HTTP interface. If it is taken and was not set by you, the next free one is used; 0: any free"
                    + " one.");

    public static final Setting<Integer> TOPICS_PARTITIONS = setting(
            "topics.partitions",
            "4",
            Parsers.integer(1, 1000),
            "Partitions of every topic. Can never be changed once the topics exist.");

    public static final Setting<Integer> TOPICS_REPLICATION_FACTOR = setting(
            "topics.replication.factor", "1", Parsers.integer(1, 100), "Copies of every topic. 3 on a cluster.");

    public static final Setting<Long> TOPICS_RETENTION_MS = setting(
            "topics.retention.ms",
            "2592000000",
            Parsers.milliseconds(1_000),
            "How long topics that are not compacted keep a record, in milliseconds; what has to be gone then may stay"
                    + " for a tenth longer, at most a day. Of topics that exist it changes nothing.");

    public static final Setting<Long> TOPICS_COMPACTION_LAG_MS = setting(
            "topics.compaction.lag.ms",
            "86400000",
            Parsers.milliseconds(1_000),
            "How long compacted topics and changelogs may hold what was replaced or erased, in milliseconds. Of topics"
                    + " that exist it changes nothing.");

    public static final Setting<Long> INGEST_ARCHIVE_RETENTION_MS = setting(
            "ingest.archive.retention.ms",
            "2592000000",
            Parsers.milliseconds(1_000),
            "How long the files in done, refused and rejects are kept after they came there, in milliseconds.");

    public static final Setting<Long> SINK_REJECTS_RETENTION_MS = setting(
            "sink.rejects.retention.ms",
            "2592000000",
            Parsers.milliseconds(1_000),
            "How long the table reject keeps a rejected row after it was first seen, in milliseconds; a tenth of it"
                    + " longer, at most an hour.");

    public static final Setting<Integer> INGEST_SCAN_INTERVAL_MS = setting(
            "ingest.scan.interval.ms",
            "500",
            Parsers.integer(50, 3_600_000),
            "How often the inbox is looked at, in milliseconds.");

    public static final Setting<Integer> INGEST_STABLE_MS = setting(
            "ingest.stable.ms",
            "2000",
            Parsers.integer(100, 3_600_000),
            "How long a file's size and time must stay the same before it is taken, in milliseconds.");

    public static final Setting<Integer> STREAMS_THREADS =
            setting("streams.threads", "1", Parsers.integer(1, 256), "Threads of the streams stage in this process.");

    public static final Setting<Integer> STREAMS_COMMIT_INTERVAL_MS = setting(
            "streams.commit.interval.ms",
            "100",
            Parsers.integer(10, 60_000),
            "How long a result may stay unseen: transactions are committed this often, in milliseconds.");

    public static final Setting<Boolean> STREAMS_ALLOW_OLD_TRANSACTIONS = setting(
            "streams.allow.old.transactions",
            "false",
            Parsers::bool,
            "Run against brokers whose transaction.version is below 2, where exactly-once has a known gap.");

    public static final Setting<String> LOG_LEVEL = setting(
            "log.level",
            "info",
            Parsers.oneOf("error", "warn", "info", "debug"),
            "How much goes to the log files under the data folder. No level logs personal data.");

    public static final Setting<String> LOG_FORMAT = setting(
            "log.format", "text", Parsers.oneOf("text", "json"), "Lines for people, or one JSON object per line.");

    public static final List<Setting<?>> ALL = List.of(
            DATA_DIR,
            KAFKA_BOOTSTRAP_SERVERS,
            SCHEMA_REGISTRY_URL,
            SCHEMA_REGISTRY_USER,
            SCHEMA_REGISTRY_PASSWORD,
            SCHEMA_REGISTRY_AUTO_REGISTER,
            SERDE_PROVIDER,
            JDBC_URL,
            JDBC_USER,
            JDBC_PASSWORD,
            HTTP_HOST,
            HTTP_PORT,
            TOPICS_PARTITIONS,
            TOPICS_REPLICATION_FACTOR,
            TOPICS_RETENTION_MS,
            TOPICS_COMPACTION_LAG_MS,
            INGEST_SCAN_INTERVAL_MS,
            INGEST_STABLE_MS,
            INGEST_ARCHIVE_RETENTION_MS,
            SINK_REJECTS_RETENTION_MS,
            STREAMS_THREADS,
            STREAMS_COMMIT_INTERVAL_MS,
            STREAMS_ALLOW_OLD_TRANSACTIONS,
            LOG_LEVEL,
            LOG_FORMAT);

    /** Settings of one directory; their full key is {@code directory.NAME.} and this. */
    public static final Setting<String> DEFAULT_REGION = setting(
            "default.region",
            "CA",
            Parsers::region,
            "Country to read a national phone number with when the row names none.");

    public static final Setting<Set<String>> API_KEYS = new Setting<>(
            "api.keys",
            "",
            Parsers::apiKeys,
            "Keys that may post to this directory over HTTP, separated by commas. Where no directory has one, a first"
                    + " run makes one for main and writes it to api-key in the data folder.",
            true);

    public static final Setting<Set<String>> OWN_EMAILS = setting(
            "own.emails",
            "",
            Parsers::emails,
            "Your own addresses and domains (@shop.example), which cashiers type for customers who give none: never a"
                    + " reason to match.");

    public static final Setting<Set<String>> OWN_PHONES =
            setting("own.phones", "", Parsers::phones, "Your own numbers, as +15145550101: never a reason to match.");

    public static final Setting<Integer> MAX_EMAILS = setting(
            "max.emails",
            "5",
            Parsers.integer(1, 100),
            "Emails a customer may hold before a further one goes to review.");

    public static final Setting<Integer> MAX_PHONES = setting(
            "max.phones",
            "5",
            Parsers.integer(1, 100),
            "Phone numbers a customer may hold before a further one goes to review.");

    public static final Setting<Integer> EMAIL_DEGREE = setting(
            "email.degree",
            "3",
            Parsers.integer(1, 100),
            "People with conflicting names that may share an email before it stops matching.");

    public static final Setting<Integer> PHONE_DEGREE =
            setting("phone.degree", "4", Parsers.integer(1, 100), "The same for a phone number.");

    public static final Setting<String> IMPLIED_CONSENT = setting(
            "consent.implied",
            "auto",
            Parsers.oneOf("auto", "casl", "none"),
            "Does a purchase allow writing to the customer for two years, as Canada's CASL has it? auto: where"
                    + " default.region is CA.");

    public static final Setting<List<String>> BLOCK_LIST = setting(
            "block.list",
            "",
            Parsers::blockList,
            "Contact points that are nobody's, besides the shipped ones: rules such as email-local bidon; email-regex"
                    + " .*@jetable[.].*; phone 5145550000, separated by semicolons. docs/matching.md has the kinds.");

    public static final Setting<List<String>> BLOCK_LIST_FILE = setting(
            "block.list.file",
            "",
            Parsers::blockListFile,
            "A file of such rules, one a line; lines that start with # are passed over.");

    public static final Setting<String> RULE_SET = setting(
            "rule.set",
            "any",
            Parsers.oneOf("any", "aptimyz-back-office", "aptimyz-pos", "aptimyz-csv", "clictill"),
            "What a new customer must have, whatever way it comes: any (a first name, a last name, an email or a"
                    + " phone), or what that system asks for (docs/files.md). What a file's layout asks for counts"
                    + " besides.");

    public static final Setting<String> MATCH_RULES = setting(
            "match.policy",
            "balanced",
            Parsers.oneOf("balanced", "square", "id-only"),
            "Who is who: balanced (docs/matching.md), square (the same email or phone, unless the names or the other"
                    + " of the two differ), id-only (ids alone, as Moneris does).");

    public static final Setting<Boolean> MATCH_NICKNAMES =
            setting("match.nicknames", "true", Parsers::bool, "May Bob be Robert? Spellings of one name always may.");

    public static final Setting<Integer> MATCH_MAX_RECORDS = setting(
            "match.max.records",
            "250",
            Parsers.integer(10, 10_000),
            "Source records a customer may hold before a further one goes to review. A customer's records are read"
                    + " whenever one of them changes.");

    public static final Setting<Integer> MATCH_MERGES_PER_THOUSAND = setting(
            "match.merges.per.thousand.rows",
            "250",
            Parsers.integer(0, 1_000),
            "Customers that an import may make one by itself, per thousand rows read; beyond, it asks. 0: no limit.");

    public static final Setting<Integer> MATCH_RECYCLED_DAYS = setting(
            "match.recycled.phone.days",
            "365",
            Parsers.integer(30, 36_500),
            "A number not heard of for so many days, given with another name and another email, passes to its new"
                    + " holder.");

    public static final Setting<Integer> UNDO_DAYS = setting(
            "imports.undo.days",
            "30",
            Parsers.integer(0, 3_650),
            "How long after its end an import can be undone: what its rows replaced is kept for so long, some 600 bytes for each record that was there before and changed. Shortened, it counts at once; lengthened, for the imports that end from then on. 0: none can.");

    public static final Setting<Boolean> MATCH_LOOSE_EMAILS = setting(
            "match.loose.emails",
            "false",
            Parsers::bool,
            "Shall spellings of one Gmail mailbox (dots, +tags, googlemail) on two customers raise a question? They"
                    + " never join by it.");

    public static final Setting<String> SURVIVORSHIP = setting(
            "survivorship",
            "most-recent",
            Parsers.oneOf("most-recent", "primary-wins"),
            "Whose value a customer shows: what was said last, or what its primary record says (Lightspeed), the"
                    + " others filling its blanks.");

    public static final Setting<List<String>> SOURCE_PRIORITY = setting(
            "source.priority",
            "",
            Parsers::words,
            "Source systems whose values come first, the most trusted first, separated by commas; with most-recent.");

    public static final Setting<List<String>> SUPPRESSION_SECRETS = new Setting<>(
            "suppression.secret",
            "",
            Parsers::secrets,
            "What erased people are remembered by, so that they do not come back: 16 characters or more, kept as long"
                    + " as the directory is. Several separated by commas: the first for new entries, the others for"
                    + " earlier ones. Empty: with the embedded Kafka, the one in suppression-secret in the data folder;"
                    + " else nobody can be erased.",
            true);

    public static final Setting<String> SOURCE_KEY_SECRET = new Setting<>(
            "source.key.secret",
            "",
            Parsers::secret,
            "What records without an id are known by, so that they are known again and nobody can guess them: 16"
                    + " characters or more, the same for every streams process and for as long as the directory is. Empty:"
                    + " with the embedded Kafka, the one in source-key-secret in the data folder, drawn at the first"
                    + " start; else the last one of suppression.secret; else these keys are plain hashes.",
            true);

    public static final Setting<List<String>> SOURCE_KEY_LOST = setting(
            "source.key.lost",
            "",
            Parsers::words,
            "Ids of source key secrets that nobody has any more, as the message says them: a directory begun with one"
                    + " goes on with the present one, and takes records without an id that arrive again for new ones.");

    public static final Setting<String> ERASE_WITH_SALES = setting(
            "erase.with.sales",
            "erase",
            Parsers.oneOf("erase", "archive"),
            "What becomes of a customer with sales that is to be erased: erase (the sales stay under an id that says"
                    + " nothing) or archive (it becomes inactive).");

    private static final List<Setting<?>> OF_EVERY_DIRECTORY = List.of(
            DEFAULT_REGION,
            API_KEYS,
            OWN_EMAILS,
            OWN_PHONES,
            MAX_EMAILS,
            MAX_PHONES,
            EMAIL_DEGREE,
            PHONE_DEGREE,
            IMPLIED_CONSENT,
            BLOCK_LIST,
            BLOCK_LIST_FILE,
            RULE_SET,
            MATCH_RULES,
            MATCH_NICKNAMES,
            MATCH_MAX_RECORDS,
            MATCH_MERGES_PER_THOUSAND,
            MATCH_RECYCLED_DAYS,
            MATCH_LOOSE_EMAILS,
            SURVIVORSHIP,
            SOURCE_PRIORITY,
            SUPPRESSION_SECRETS,
            SOURCE_KEY_SECRET,
            SOURCE_KEY_LOST,
            ERASE_WITH_SALES,
            UNDO_DAYS);

    public static final List<Setting<?>> OF_A_DIRECTORY = Stream.concat(
                    OF_EVERY_DIRECTORY.stream(), VendorSettings.ALL.stream())
            .toList();

    static final String DIRECTORY_PREFIX = "directory.";

    /** Prefixes of Kafka's own settings, the longer first. */
    static final List<String> KAFKA_PREFIXES =
            List.of("kafka.producer.", "kafka.consumer.", "kafka.streams.", "kafka.");

    private Settings() {}
}

package io.repertoire.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.app.config.ConfigurationLoader;
import io.repertoire.customers.keys.SourceKeySecret;
import io.repertoire.customers.policy.DirectoryPolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P42: which secret the keys of records without an id are hashed with. */
class PoliciesTest {

    private static final String OLD = "an-old-secret-of-some";
    private static final String NEW = "a-new-secret-of-some-";

    @TempDir
    Path folder;

    private @Nullable SourceKeySecret sourceKeys(Map<String, String> flags, @Nullable String inDataFolder) {
        var loaded = ConfigurationLoader.load(folder, null, Map.of(), flags);
        assertThat(loaded).isInstanceOf(ConfigurationLoader.Loaded.Valid.class);
        DirectoryPolicy policy = Policies.of(
                        ((ConfigurationLoader.Loaded.Valid) loaded).configuration(), null, inDataFolder)
                .apply("main");
        return policy.sourceKeySecret();
    }

    private static String id(@Nullable SourceKeySecret secret) {
        return Objects.requireNonNull(secret).id();
    }

    @Test
    void p42_the_configured_one_comes_before_that_of_the_data_folder_and_that_before_the_oldest_for_erased_people() {
        Map<String, String> erasing = Map.of("directory.main.suppression.secret", NEW + "," + OLD);
        String own = "a-secret-for-source-keys";
        assertThat(id(sourceKeys(Map.of("directory.main.source.key.secret", own), OLD)))
                .isEqualTo(SourceKeySecret.of(own).id());
        assertThat(id(sourceKeys(erasing, "that-of-the-data-folder")))
                .isEqualTo(SourceKeySecret.of("that-of-the-data-folder").id());
        assertThat(id(sourceKeys(erasing, null)))
                .isEqualTo(SourceKeySecret.of(OLD).id());
        assertThat(sourceKeys(Map.of(), null)).isNull();
    }

    @Test
    void p42_rotating_the_secret_of_erased_people_leaves_the_keys_as_they_were() {
        assertThat(id(sourceKeys(Map.of("directory.main.suppression.secret", OLD), null)))
                .isEqualTo(id(sourceKeys(Map.of("directory.main.suppression.secret", NEW + "," + OLD), null)));
    }
}

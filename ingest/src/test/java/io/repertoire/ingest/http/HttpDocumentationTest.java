package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HttpDocumentationTest {

    @Test
    void every_code_is_documented_and_every_json_example_is_accepted() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "http.md"));
        for (ProblemCode code : ProblemCode.values()) {
            assertThat(text).contains("`" + code.name() + "`");
        }
        var examples = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(text);
        try (var api = new ApiUnderTest()) {
            int found = 0;
            while (examples.find()) {
                String example = examples.group(1);
                String path = example.contains("sale_id") ? "/v1/sales" : "/v1/customers";
                var answer = api.post(path, example);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
                found++;
            }
            assertThat(found).isEqualTo(2);
        }
    }
}

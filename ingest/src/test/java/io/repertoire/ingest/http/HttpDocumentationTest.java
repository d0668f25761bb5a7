package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void what_the_read_me_and_the_page_post_with_curl_is_accepted() throws IOException {
        for (Path page : List.of(Path.of("..", "README.md"), Path.of("..", "docs", "http.md"))) {
            var posted = Pattern.compile("-d '(\\{.*})'").matcher(Files.readString(page));
            assertThat(posted.find()).as(page.toString()).isTrue();
            try (var api = new ApiUnderTest()) {
                var answer = api.post("/v1/customers", posted.group(1));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            }
        }
    }
}

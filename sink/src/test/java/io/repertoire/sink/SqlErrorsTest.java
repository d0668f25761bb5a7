package io.repertoire.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlErrorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22P02", "23502", "23514", "54000"})
    void a_bad_row_is_to_blame(String state) {
        assertThat(SqlErrors.isBadRow(new SQLException("m", state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40P01", "40001", "53300", "57P01", "42P01", "25006", "58030"})
    void everything_else_is_waited_for(String state) {
        assertThat(SqlErrors.isBadRow(new SQLException("m", state))).isFalse();
    }

    @Test
    void descriptions_never_hold_the_servers_message() {
        assertThat(SqlErrors.describe(new SQLException("Key (email)=(a@b.org) already exists", "23505")))
                .doesNotContain("a@b.org")
                .contains("23505");
        assertThat(SqlErrors.describe(new SQLException("no state"))).isNotEmpty();
    }
}

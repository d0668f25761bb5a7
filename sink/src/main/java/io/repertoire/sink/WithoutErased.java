package io.repertoire.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A table in front of which whatever was said of a customer before it was erased loses what leads back to it: the topics are read one
 * beside the other, and after a rebuild one long before the other. Those of a directory have the same partition number, so the same
 * worker reads them, and its transactions follow each other.
 */
final class WithoutErased<T> implements TableWriter<T> {

    /**
     * How a record is about customers, and what is left of it once one of them was erased.
     *
     * @param customerIds those it is about; none: nothing to do
     * @param stripped the record as it may be written, changed in place; null: not at all
     */
    record Rule<T>(
            Function<T, String> directoryId,
            Function<T, List<String>> customerIds,
            ToLongFunction<T> version,
            Function<T, @Nullable T> stripped) {}

    private final TableWriter<T> table;
    private final Rule<T> rule;

    WithoutErased(TableWriter<T> table, Rule<T> rule) {
        this.table = table;
        this.rule = rule;
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        table.prepare(connection);
    }

    @Override
    public int write(Connection connection, List<Decoded<T>> rows) throws SQLException {
        List<Decoded<T>> allowed = ErasedCustomers.any(connection) ? allowed(connection, rows) : rows;
        return allowed.isEmpty() ? 0 : table.write(connection, allowed);
    }

    private List<Decoded<T>> allowed(Connection connection, List<Decoded<T>> rows) throws SQLException {
        Set<CustomerKey> asked = new HashSet<>();
        for (Decoded<T> row : rows) {
            asked.addAll(ids(row.value()));
        }
        Map<CustomerKey, Long> erased = asked.isEmpty() ? new HashMap<>() : ErasedCustomers.among(connection, asked);
        if (erased.isEmpty()) {
            return rows;
        }
        List<Decoded<T>> allowed = new ArrayList<>(rows.size());
        for (Decoded<T> row : rows) {
            if (!isErased(row.value(), erased)) {
                allowed.add(row);
                continue;
            }
            T stripped = rule.stripped().apply(row.value());
            if (stripped != null) {
                allowed.add(new Decoded<>(row.source(), stripped));
            }
        }
        return allowed;
    }

    private boolean isErased(T value, Map<CustomerKey, Long> erased) {
        for (CustomerKey id : ids(value)) {
            Long at = erased.get(id);
            if (at != null && rule.version().applyAsLong(value) <= at) {
                return true;
            }
        }
        return false;
    }

    private List<CustomerKey> ids(T value) {
        String directoryId = rule.directoryId().apply(value);
        return rule.customerIds().apply(value).stream()
                .map(id -> new CustomerKey(directoryId, id))
                .toList();
    }
}

package io.partd.duckdb.keys;

import io.partd.Progress;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.DuckException;
import io.partd.duckdb.DuckException.Reason;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.engine.Sql;
import io.partd.duckdb.query.Plan;
import io.partd.duckdb.query.Planner;
import io.partd.duckdb.query.Running;
import io.partd.duckdb.query.Source.Part;
import io.partd.duckdb.query.StoreSource;
import io.partd.duckdb.write.StoreOutput;
import io.partd.text.Suggestions;
import io.partd.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;

/** Joins two stores that are split alike, so that rows that match lie under the same key. */
public final class Joining {
    /** So much of DuckDB's memory the smaller side of what is joined at once may take, as it is stored. */
    private static final int PART_OF_MEMORY = 4;

    private static final int MOST_SLICES = 1_024;

    private final Database database;
    private final Planner planner;
    private final StoreSource left;
    private final StoreSource right;
    private final JoinKind kind;
    private final List<String> on;

    public Joining(
            Database database, Planner planner, StoreSource left, StoreSource right, JoinKind kind, List<String> on) {
        this.database = database;
        this.planner = planner;
        this.left = left;
        this.right = right;
        this.kind = kind;
        this.on = on;
    }

    /**
     * What both stores are split by.
     *
     * @throws IllegalArgumentException if rows that match need not lie under the same key
     */
    public static Partitioner requireAlike(StoreSource left, StoreSource right, List<String> on) {
        for (String column : on) {
            requireColumn("left", left, column);
            requireColumn("right", right, column);
        }
        if (left.partitioner().isEmpty() || !left.partitioner().equals(right.partitioner())) {
            throw new IllegalArgumentException("the stores are not split alike: the left one by " + words(left)
                    + ", the right one by " + words(right) + ". " + offer(left, right));
        }
        Partitioner partitioner = left.partitioner().get();
        for (String column : partitioner.columns()) {
            if (!on.contains(column)) {
                throw new IllegalArgumentException(
                        "the stores are split by " + partitioner + ", so that rows match across"
                                + " keys unless they are joined on " + Text.quote(column)
                                + " too: name it, repartition both, or use query");
            }
            requireSameType(left, right, column);
        }
        return partitioner;
    }

    private static void requireColumn(String side, StoreSource store, String column) {
        List<String> there =
                store.schema().getFields().stream().map(Field::getName).toList();
        if (there.contains(column)) return;
        throw new IllegalArgumentException(
                "the " + side + " store has no column " + Text.quote(column) + Suggestions.hint(column, there));
    }

    private static void requireSameType(StoreSource left, StoreSource right, String column) {
        Object a = left.schema().findField(column).getType();
        Object b = right.schema().findField(column).getType();
        if (a.equals(b)) return;
        throw new IllegalArgumentException("column " + Text.quote(column) + " is " + a + " in the left store and " + b
                + " in the right one, so that equal values may lie under different keys: use query, or repartition one"
                + " with a cast");
    }

    private static String words(StoreSource store) {
        return store.partitioner().map(Partitioner::toString).orElse("keys of one's own");
    }

    /** How to go on: the smaller store split as the larger one. */
    private static String offer(StoreSource left, StoreSource right) {
        long leftBytes = bytes(left, left.keys());
        long rightBytes = bytes(right, right.keys());
        boolean moveRight = left.partitioner().isPresent()
                && (rightBytes <= leftBytes || right.partitioner().isEmpty());
        StoreSource like = moveRight ? left : right;
        if (like.partitioner().isEmpty()) return "Repartition both, or use query";
        return "Repartition the " + (moveRight ? "right" : "left") + " one, which has "
                + Text.bytes(moveRight ? rightBytes : leftBytes) + ": duck.repartition("
                + (moveRight ? "right" : "left") + ").by(Partitioner.parse(" + Text.json(words(like))
                + ")).into(another)";
    }

    private static long bytes(StoreSource store, List<String> keys) {
        List<String> columns =
                store.schema().getFields().stream().map(Field::getName).toList();
        return store.bytes(new Part(keys, columns));
    }

    /** Joins, and says how many rows there were. */
    public long into(ArrowPartd store, Partitioner partitioner) {
        requireDifferentNames();
        List<Chain> chains = chains();
        try (Planner.Named l = planner.define(left, "left");
                Planner.Named r = planner.define(right, "right");
                Progress progress =
                        Progress.begin("join into " + store, "keys", keys(left).size())) {
            long rows = 0;
            for (Chain chain : chains) {
                for (int slice = 0; slice < chain.slices; slice++) {
                    Plan plan = planner.plan(sql(l.sql(), r.sql(), chain, slice), List.of());
                    rows += join(plan, chain, l.sql(), store, partitioner);
                }
                progress.add(chain.keys.size());
            }
            return rows;
        } catch (SQLException e) {
            throw new DuckException(Reason.FAILED, e.getMessage(), e);
        }
    }

    private void requireDifferentNames() {
        if (!kind.hasRight()) return;
        Set<String> names = new HashSet<>();
        for (Field field : left.schema().getFields()) names.add(field.getName());
        for (Field field : right.schema().getFields()) {
            if (on.contains(field.getName()) || !names.contains(field.getName())) continue;
            throw new IllegalArgumentException("both stores have a column " + Text.quote(field.getName())
                    + ": join on it too, or use query, which can rename it");
        }
    }

    /**
     * Keys that are joined at once.
     *
     * @param slices in how many pieces, each with other values
     * @param rightIsLarger whether the right side is the one that goes by, and the left one is held
     */
    private record Chain(List<String> keys, int slices, boolean rightIsLarger) {}

    private List<Chain> chains() {
        long most = Math.max(1, database.memory().forDuckDb() / PART_OF_MEMORY);
        List<Chain> chains = new ArrayList<>();
        Set<String> there = new HashSet<>(keys(right));
        List<String> keys = new ArrayList<>();
        long held = 0;
        long gone = 0;
        for (String key : keys(left)) {
            if (!there.contains(key) && !kind.keepsLeft()) continue;
            long leftBytes = bytes(left, List.of(key));
            long rightBytes = there.contains(key) ? bytes(right, List.of(key)) : 0;
            if (!keys.isEmpty() && (Math.min(held + leftBytes, gone + rightBytes) > most)) {
                chains.add(chain(keys, held, gone, most));
                keys = new ArrayList<>();
                held = 0;
                gone = 0;
            }
            keys.add(key);
            held += leftBytes;
            gone += rightBytes;
        }
        if (!keys.isEmpty()) chains.add(chain(keys, held, gone, most));
        return chains;
    }

    private Chain chain(List<String> keys, long leftBytes, long rightBytes, long most) {
        // What is held is the right side, but for an inner or a left join, where it may be either.
        boolean rightIsLarger = kind.hasRight() && rightBytes > leftBytes;
        long held = rightIsLarger ? leftBytes : rightBytes;
        return new Chain(keys, (int) Math.min(MOST_SLICES, held / most + 1), rightIsLarger);
    }

    private static List<String> keys(StoreSource store) {
        return store.keys();
    }

    private String sql(String l, String r, Chain chain, int slice) {
        String columns = kind.hasRight() ? "l.*, r.* EXCLUDE (" + names("", on) + ")" : "l.*";
        String equal = on.stream()
                .map(column -> "l." + Sql.identifier(column) + " = r." + Sql.identifier(column))
                .collect(Collectors.joining(" AND "));
        String left = side(l, chain, slice) + " l";
        String right = side(r, chain, slice) + " r";
        if (!chain.rightIsLarger)
            return "SELECT " + columns + " FROM " + left + " " + kind + " JOIN " + right + " ON " + equal;
        String turned = kind == JoinKind.LEFT ? "RIGHT" : kind.name();
        return "SELECT " + columns + " FROM " + right + " " + turned + " JOIN " + left + " ON " + equal;
    }

    /** All rows of a side, or those whose values fall into a slice; nulls are in one of them. */
    private String side(String table, Chain chain, int slice) {
        if (chain.slices == 1) return table;
        return "(SELECT * FROM " + table + " WHERE hash(" + names("", on) + ") % " + chain.slices + " = " + slice + ")";
    }

    private static String names(String before, List<String> columns) {
        return columns.stream().map(name -> before + Sql.identifier(name)).collect(Collectors.joining(", "));
    }

    private long join(Plan plan, Chain chain, String l, ArrowPartd store, Partitioner partitioner) throws SQLException {
        Set<String> rightKeys = new HashSet<>(keys(right));
        List<String> ofRight = chain.keys.stream().filter(rightKeys::contains).toList();
        try (ArrowReader rows = Running.begin(
                        database, plan, scan -> Sql.identifier(scan.table()).equals(l) ? chain.keys : ofRight)
                .reader()) {
            return StoreOutput.split(rows, store, partitioner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DuckException e) {
            String keys = chain.keys.stream().limit(3).map(Text::quote).collect(Collectors.joining(", "));
            String all = chain.keys.size() > 3 ? keys + " and " + (chain.keys.size() - 3) + " more" : keys;
            throw new DuckException(e.reason(), "key " + all + ": " + e.getMessage(), e);
        }
    }
}

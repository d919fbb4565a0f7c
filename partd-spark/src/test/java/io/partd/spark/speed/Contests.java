package io.partd.spark.speed;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The works that are measured. All forms give the same rows and sums, or it fails. */
final class Contests {
    private static final String JOIN = "SELECT count(*), sum(l.price), sum(l.qty), sum(r.price), sum(length(r.symbol))"
            + " FROM speed_left l JOIN speed_right r ON l.id = r.id";

    private static final String[] FLIGHT_SUMS = {"count(*)", "sum(delay)", "sum(distance)"};

    private final SparkSession spark;
    private final SpeedOptions options;
    private final Trades trades;
    private final Set<Place> written = new LinkedHashSet<>();

    Contests(SparkSession spark, SpeedOptions options, long rows) {
        this.spark = spark;
        this.options = options;
        this.trades = new Trades(spark, rows, options.tasks);
    }

    /** What was measured, and what it is to be. */
    record Outcome(List<Taken> taken, Runnable comparison) {
        void print() {
            taken.forEach(Taken::print);
            comparison.run();
        }
    }

    Outcome run(String contest, int rounds) throws IOException {
        return switch (contest) {
            case "write" -> write(rounds);
            case "read" -> read(rounds);
            case "join" -> join(rounds);
            case "shuffle" -> shuffle(rounds);
            case "trip" -> trip(rounds);
            default ->
                throw new IllegalArgumentException(contest + " is no contest: use write, read, join, shuffle or trip");
        };
    }

    void clear() throws IOException {
        for (Place place : written) place.clear();
    }

    private Place place(Form form, String what) {
        String name = what + "-" + form.name().toLowerCase(Locale.ROOT) + "-" + trades.rows();
        return new Place(spark, options.directory, name);
    }

    private Map<String, String> compression(Form form) {
        if (options.compression.isEmpty()) return Map.of();
        boolean none = options.compression.equals("none") && form != Form.STORE && form != Form.SHUFFLED;
        return Map.of("compression", none ? "uncompressed" : options.compression);
    }

    private void write(Form form, String what, Dataset<Row> rows, String column) throws IOException {
        Place place = place(form, what);
        form.write(rows, place, options.parts, column, compression(form));
        written.add(place);
    }

    private Dataset<Row> read(Form form, String what) {
        return form.read(spark, place(form, what));
    }

    private Outcome write(int rounds) throws IOException {
        Taken taken = new Taken("write", trades.rows());
        for (int i = 0; i < rounds; i++) {
            for (Form form : List.of(Form.STORE, Form.BUCKETED)) {
                place(form, "trades").clear();
                taken.measure(form, () -> write(form, "trades", trades.ordered(), "symbol"));
            }
        }
        return new Outcome(List.of(taken), () -> taken.compare(Form.STORE, Form.BUCKETED, 1.0));
    }

    private Outcome read(int rounds) throws IOException {
        List<Form> forms = List.of(Form.STORE, Form.BUCKETED);
        String sums = sums(trades.ordered());
        for (Form form : forms) {
            if (!written.contains(place(form, "trades"))) {
                place(form, "trades").clear();
                write(form, "trades", trades.ordered(), "symbol");
            }
            requireEqual(check(trades.ordered()), check(read(form, "trades")));
        }
        Taken taken = new Taken("read", trades.rows());
        for (int i = 0; i < rounds; i++) {
            for (Form form : forms) taken.measure(form, () -> requireEqual(sums, sums(read(form, "trades"))));
        }
        return new Outcome(List.of(taken), () -> taken.compare(Form.STORE, Form.BUCKETED, 1.5));
    }

    private static String sums(Dataset<Row> rows) {
        return rows.selectExpr(Trades.SUMS).first().toString();
    }

    private static String check(Dataset<Row> rows) {
        return rows.selectExpr(Trades.CHECK).first().toString();
    }

    private static void requireEqual(String expected, String found) {
        if (!expected.equals(found)) throw new IllegalStateException("expected " + expected + ", and found " + found);
    }

    /** Parquet that is bucketed needs no exchange either: it shows what is left. */
    private Outcome join(int rounds) throws IOException {
        List<Form> forms = List.of(Form.STORE, Form.PLAIN, Form.BUCKETED);
        for (Form form : forms) {
            place(form, "left").clear();
            place(form, "right").clear();
            write(form, "left", trades.ordered(), "id");
            write(form, "right", trades.scattered(), "id");
        }
        Taken taken = new Taken("join", trades.rows());
        String[] sums = new String[1];
        for (int i = 0; i < rounds; i++) {
            for (Form form : forms) {
                taken.measure(form, () -> {
                    String found = joined(form);
                    if (sums[0] == null) sums[0] = found;
                    requireEqual(sums[0], found);
                });
            }
        }
        return new Outcome(List.of(taken), () -> {
            taken.compare(Form.STORE, Form.PLAIN, 2.0);
            taken.compare(Form.STORE, Form.BUCKETED, 1.0);
        });
    }

    private String joined(Form form) {
        read(form, "left").createOrReplaceTempView("speed_left");
        read(form, "right").createOrReplaceTempView("speed_right");
        return spark.sql(JOIN).first().toString();
    }

    /** Both ways to write, and what reading is like afterwards. */
    private Outcome shuffle(int rounds) throws IOException {
        List<Form> forms = List.of(Form.STORE, Form.SHUFFLED);
        Taken writes = new Taken("write", trades.rows());
        Taken reads = new Taken("read", trades.rows());
        String sums = sums(trades.ordered());
        for (int i = 0; i < rounds; i++) {
            for (Form form : forms) {
                place(form, "ways").clear();
                writes.measure(form, () -> write(form, "ways", trades.ordered(), "symbol"));
                reads.measure(form, () -> requireEqual(sums, sums(read(form, "ways"))));
            }
        }
        StringBuilder sizes = new StringBuilder();
        for (Form form : forms) {
            sizes.append(String.format(
                    Locale.ROOT, "%-20s %s%n", form.text, place(form, "ways").size()));
        }
        return new Outcome(List.of(writes, reads), () -> System.out.print(sizes));
    }

    /** Flights of a Parquet file, or the trades where none is named, to a store and back. */
    private Outcome trip(int rounds) throws IOException {
        boolean flights = !options.flights.isEmpty();
        Dataset<Row> source = flights ? spark.read().parquet(options.flights) : trades.ordered();
        String[] sums = flights ? FLIGHT_SUMS : Trades.SUMS;
        String all = source.selectExpr("bit_xor(xxhash64(*))").first().toString();
        Row expected = source.selectExpr(sums).first();
        Taken writes = new Taken("there", expected.getLong(0));
        Taken reads = new Taken("back", expected.getLong(0));
        for (int i = 0; i < rounds; i++) {
            place(Form.STORE, "trip").clear();
            writes.measure(Form.STORE, () -> write(Form.STORE, "trip", source, flights ? "origin" : "symbol"));
            reads.measure(
                    Form.STORE,
                    () -> requireEqual(
                            expected.toString(),
                            read(Form.STORE, "trip").selectExpr(sums).first().toString()));
        }
        requireEqual(
                all,
                read(Form.STORE, "trip")
                        .selectExpr("bit_xor(xxhash64(*))")
                        .first()
                        .toString());
        String size = place(Form.STORE, "trip").size();
        return new Outcome(
                List.of(writes, reads), () -> System.out.println("sums are equal: " + expected + "; " + size));
    }
}

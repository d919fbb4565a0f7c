package io.partd.spark;

import io.partd.arrow.Partitioner;
import io.partd.hadoop.Commit;
import io.partd.hadoop.HadoopPartd;
import io.partd.spark.function.BucketFunction;
import io.partd.spark.layout.Layout;
import io.partd.spark.layout.Options;
import io.partd.spark.write.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.StagingTableCatalog;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.TableInfo;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Stores as tables: by their paths (``partd.`hdfs:///flights` ``), and by names in a warehouse directory, if the
 * catalog has one.
 *
 * <pre>{@code
 * spark.sql.catalog.x = io.partd.spark.PartdCatalog
 * spark.sql.catalog.x.warehouse = hdfs:///warehouse
 *
 * CREATE TABLE x.flights PARTITIONED BY (bucket(64, origin)) AS SELECT ...
 * }</pre>
 *
 * <p>Its function {@code bucket(n, column)} gives the part that {@code hash(n, "column")} does. A table is made, with
 * its rows, by one commit, and so is one replaced. Namespaces, renaming and changes of columns are refused.
 */
public final class PartdCatalog implements StagingTableCatalog, FunctionCatalog {
    private static final String WAREHOUSE = "warehouse";
    /** What Spark puts before the options of a table among its properties. */
    private static final String OPTION = "option.";

    private String name;
    private Optional<String> warehouse = Optional.empty();

    /** For Spark, which calls {@link #initialize} next. */
    public PartdCatalog() {}

    @Override
    public void initialize(String catalogName, CaseInsensitiveStringMap options) {
        name = catalogName;
        warehouse = Optional.ofNullable(options.get(WAREHOUSE));
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Returns the stores in the warehouse directory.
     *
     * @throws NoSuchNamespaceException if a namespace is named
     */
    @Override
    public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
        requireNone(namespace);
        if (warehouse.isEmpty()) return new Identifier[0];
        Configuration conf = HadoopConf.ofSession();
        Path directory = new Path(warehouse.get());
        try {
            FileSystem files = directory.getFileSystem(conf);
            List<Identifier> tables = new ArrayList<>();
            if (!files.exists(directory)) return new Identifier[0];
            for (FileStatus each : files.listStatus(directory)) {
                URI uri = each.getPath().toUri();
                if (each.isDirectory() && HadoopPartd.exists(uri, conf)) {
                    tables.add(Identifier.of(namespace, each.getPath().getName()));
                }
            }
            return tables.toArray(Identifier[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException("the warehouse " + directory + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static void requireNone(String[] namespace) throws NoSuchNamespaceException {
        if (namespace.length > 0) throw new NoSuchNamespaceException(namespace);
    }

    /** @throws NoSuchTableException if there is no store */
    @Override
    public Table loadTable(Identifier ident) throws NoSuchTableException {
        Configuration conf = HadoopConf.ofSession();
        URI uri = uri(ident, conf).orElseThrow(() -> new NoSuchTableException(ident));
        if (HadoopPartd.exists(uri, conf)) return PartdTable.open(uri.toString(), conf);
        if (!(ident instanceof PathIdentifier path)) throw new NoSuchTableException(ident);
        if (path.mayBeNew()) return PartdTable.absent(uri, conf);
        throw new IllegalArgumentException("there is no store at " + uri + ": to write the first rows of one, name what"
                + " it is partitioned by, such as option(\"partitioner\", \"hash(64, \\\"column\\\")\")");
    }

    /** Where a table is; empty where there is none of such a name. */
    private Optional<URI> uri(Identifier ident, Configuration conf) {
        if (ident.namespace().length > 0) return Optional.empty();
        if (ident instanceof PathIdentifier || PathIdentifier.isPath(ident.name())) {
            return Optional.of(HadoopConf.uri(ident.name(), conf));
        }
        return warehouse.map(directory -> HadoopConf.uri(new Path(directory, ident.name()).toString(), conf));
    }

    private URI newUri(Identifier ident, Configuration conf) throws NoSuchNamespaceException {
        requireNone(ident.namespace());
        return uri(ident, conf)
                .orElseThrow(() -> new IllegalArgumentException("catalog " + name
                        + " has no warehouse for table " + ident.name() + ": set spark.sql.catalog." + name + "."
                        + WAREHOUSE + " to a directory, or name a table by its path"));
    }

    /**
     * Makes a store without rows.
     *
     * @throws TableAlreadyExistsException if there is one
     */
    @Override
    public Table createTable(Identifier ident, TableInfo info)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        Configuration conf = HadoopConf.ofSession();
        URI uri = newUri(ident, conf);
        if (HadoopPartd.exists(uri, conf)) throw new TableAlreadyExistsException(ident);
        Partitioner partitioner = partitioner(info)
                .orElseThrow(() -> new IllegalArgumentException("nothing says what table " + ident.name()
                        + " is partitioned by: add PARTITIONED BY (bucket(64, column)), or the property partitioner"));
        Layout layout = Layout.of(info.schema(), partitioner);
        Commit.to(uri, conf, UUID.randomUUID().toString())
                .createOnly()
                .properties(layout.properties())
                .run();
        return PartdTable.open(uri.toString(), conf);
    }

    @Override
    public StagedTable stageCreate(Identifier ident, TableInfo info)
            throws TableAlreadyExistsException, NoSuchNamespaceException {
        return staged(ident, info, Target.Mode.CREATE);
    }

    @Override
    public StagedTable stageReplace(Identifier ident, TableInfo info)
            throws NoSuchNamespaceException, NoSuchTableException {
        if (!tableExists(ident)) throw new NoSuchTableException(ident);
        return staged(ident, info, Target.Mode.REPLACE);
    }

    @Override
    public StagedTable stageCreateOrReplace(Identifier ident, TableInfo info) throws NoSuchNamespaceException {
        return staged(ident, info, Target.Mode.REPLACE);
    }

    private StagedTable staged(Identifier ident, TableInfo info, Target.Mode mode) throws NoSuchNamespaceException {
        Configuration conf = HadoopConf.ofSession();
        Optional<Layout> declared = partitioner(info).map(by -> Layout.of(info.schema(), by));
        return new StagedStore(new Target(newUri(ident, conf), conf, Optional.empty(), declared, mode));
    }

    /** What the clause PARTITIONED BY says, or else the option or property {@code partitioner}. */
    private static Optional<Partitioner> partitioner(TableInfo info) {
        Optional<Partitioner> clause = PartitionedBy.partitioner(info.partitions());
        if (clause.isPresent()) return clause;
        Map<String, String> properties = new CaseInsensitiveStringMap(info.properties());
        String text = properties.get(Options.PARTITIONER);
        return Options.of(text == null ? options(properties) : properties).partitioner();
    }

    private static Map<String, String> options(Map<String, String> properties) {
        String text = properties.get(OPTION + Options.PARTITIONER);
        return text == null ? Map.of() : Map.of(Options.PARTITIONER, text);
    }

    /** Refused: columns and partitioning stay as they are. */
    @Override
    public Table alterTable(Identifier ident, TableChange... changes) {
        throw new UnsupportedOperationException(
                "table " + ident.name() + " cannot be altered: write its rows to another one");
    }

    /**
     * Removes the directory of a table in the warehouse.
     *
     * @throws UnsupportedOperationException if the table is named by its path
     */
    @Override
    public boolean dropTable(Identifier ident) {
        if (PathIdentifier.isPath(ident.name())) {
            throw new UnsupportedOperationException(
                    "a store named by its path is not dropped: remove the directory " + ident.name());
        }
        Configuration conf = HadoopConf.ofSession();
        Optional<URI> uri = uri(ident, conf);
        if (uri.isEmpty() || !HadoopPartd.exists(uri.get(), conf)) return false;
        Path directory = new Path(uri.get());
        try {
            return directory.getFileSystem(conf).delete(directory, true);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be removed: " + e.getMessage(), e);
        }
    }

    /** Refused. */
    @Override
    public void renameTable(Identifier from, Identifier to) {
        throw new UnsupportedOperationException("table " + from.name() + " cannot be renamed");
    }

    @Override
    public Identifier[] listFunctions(String[] namespace) throws NoSuchNamespaceException {
        requireNone(namespace);
        return new Identifier[] {Identifier.of(namespace, BucketFunction.NAME)};
    }

    @Override
    public UnboundFunction loadFunction(Identifier ident) throws NoSuchFunctionException {
        boolean bucket = ident.namespace().length == 0 && ident.name().equalsIgnoreCase(BucketFunction.NAME);
        if (!bucket) throw new NoSuchFunctionException(ident);
        return new BucketFunction();
    }
}

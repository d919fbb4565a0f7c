package io.partd.spark;

import io.partd.spark.layout.Options;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.SupportsCatalogOptions;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The format {@code partd}. Its tables belong to a {@link PartdCatalog}, which is registered in the session as
 * {@code partd} where that name is free: only tables of a catalog can tell Spark how their rows lie.
 */
public final class PartdSource implements SupportsCatalogOptions, DataSourceRegister {
    static final String NAME = "partd";

    @Override
    public String shortName() {
        return NAME;
    }

    @Override
    public Identifier extractIdentifier(CaseInsensitiveStringMap options) {
        Options all = new Options(options);
        return new PathIdentifier(all.path(), all.partitioner().isPresent());
    }

    @Override
    public String extractCatalog(CaseInsensitiveStringMap options) {
        return CatalogRegistration.register(SparkSession.active());
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return table(options).sparkSchema();
    }

    @Override
    public Transform[] inferPartitioning(CaseInsensitiveStringMap options) {
        return table(options).partitioning();
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return table(new CaseInsensitiveStringMap(properties));
    }

    private static PartdTable table(CaseInsensitiveStringMap options) {
        return PartdTable.open(new Options(options).path(), HadoopConf.ofSession());
    }
}

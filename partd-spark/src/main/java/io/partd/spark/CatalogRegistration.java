package io.partd.spark;

import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Makes a {@link PartdCatalog} known to a session: Spark looks catalogs up in its settings. */
final class CatalogRegistration {
    private static final String CATALOGS = "spark.sql.catalog.";
    /** The catalog's name where somebody else's catalog has ours. */
    private static final String SECOND_NAME = "partd_source";

    private CatalogRegistration() {}

    /** Registers the catalog, if that was not done before, and returns its name. */
    static String register(SparkSession session) {
        return isOurs(session, PartdSource.NAME) ? PartdSource.NAME : second(session);
    }

    private static String second(SparkSession session) {
        if (isOurs(session, SECOND_NAME)) return SECOND_NAME;
        throw new IllegalStateException("the settings " + CATALOGS + PartdSource.NAME + " and " + CATALOGS + SECOND_NAME
                + " name other catalogs than " + PartdCatalog.class.getName());
    }

    private static synchronized boolean isOurs(SparkSession session, String name) {
        Option<String> known = session.conf().getOption(CATALOGS + name);
        if (known.isEmpty()) session.conf().set(CATALOGS + name, PartdCatalog.class.getName());
        return known.isEmpty() || known.get().equals(PartdCatalog.class.getName());
    }
}

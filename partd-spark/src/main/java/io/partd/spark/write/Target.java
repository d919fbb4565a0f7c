package io.partd.spark.write;

import io.partd.spark.layout.Layout;
import java.net.URI;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;

/**
 * Where rows are written to.
 *
 * @param there what the store is like; empty where there is none yet
 * @param declared what the store that is made is to be like, as far as it was declared before; empty where nothing was
 * @param mode what becomes of a store that is there
 */
public record Target(URI store, Configuration conf, Optional<Layout> there, Optional<Layout> declared, Mode mode) {
    public enum Mode {
        /** Its rows stay. */
        APPEND,
        /** It is an error. */
        CREATE,
        /** It goes, and its layout with it. */
        REPLACE
    }

    /** The same with another mode. */
    Target with(Mode newMode) {
        return new Target(store, conf, there, declared, newMode);
    }

    /** The columns that rows are expected to have; empty where any will do. */
    public StructType schema() {
        return there.or(() -> declared).map(Layout::schema).orElseGet(StructType::new);
    }
}

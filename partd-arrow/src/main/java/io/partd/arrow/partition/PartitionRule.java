package io.partd.arrow.partition;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/** What decides which part a row belongs to. Safe for several threads. */
public interface PartitionRule {
    /** The parts of the root's rows; {@code dictionaries} may be null where no column needs it. */
    PartAssignment assign(VectorSchemaRoot root, DictionaryProvider dictionaries);
}

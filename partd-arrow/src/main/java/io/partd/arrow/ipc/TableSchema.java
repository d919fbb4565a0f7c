package io.partd.arrow.ipc;

import io.partd.Bytes;
import io.partd.arrow.column.Column;
import io.partd.arrow.column.ColumnFactory;
import io.partd.arrow.column.DictionaryColumns;
import io.partd.arrow.column.SchemaRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.DictionaryUtility;

/**
 * A schema in message format, and what is derived from it once: its columns, its dictionaries, its message. Immutable.
 */
public final class TableSchema {
    /** The metadata in which a stream says what it was partitioned by. */
    static final String PARTITIONER = "partd.partitioner";

    /** Of a table without columns and rows, which fixes no schema. */
    public static final TableSchema EMPTY = new TableSchema(new Schema(List.of()));

    private static final int MAX_ACCEPTED = 100;

    public final Schema schema;
    public final Column[] columns;
    public final List<DictionaryColumns> dictionaries = new ArrayList<>();
    public final int nodes;
    /** What it says that it was partitioned by, or null. */
    public final String partitioner;

    private final Set<TableSchema> accepted = ConcurrentHashMap.newKeySet();
    private Bytes message;

    public TableSchema(Schema messageFormat) {
        schema = messageFormat;
        partitioner = schema.getCustomMetadata().get(PARTITIONER);
        for (Field field : schema.getFields()) {
            if (field.getName() == null)
                throw new IllegalArgumentException("a column has no name: it may be empty, but must be there");
        }
        ColumnFactory factory = ColumnFactory.keeping(dictionaries);
        columns = factory.of(messageFormat.getFields());
        nodes = factory.inputNodes();
    }

    /** The schema of a root in memory, where a dictionary-encoded field has the type of its indices. */
    public static Schema messageFormat(Schema memoryFormat, DictionaryProvider dictionaries) {
        List<Field> fields = new ArrayList<>();
        for (Field field : memoryFormat.getFields()) {
            requireDictionaries(field, field, dictionaries);
            fields.add(DictionaryUtility.toMessageFormat(field, dictionaries, new HashSet<>()));
        }
        return new Schema(fields, memoryFormat.getCustomMetadata());
    }

    private static void requireDictionaries(Field top, Field field, DictionaryProvider dictionaries) {
        if (field.getDictionary() != null
                && (dictionaries == null
                        || dictionaries.lookup(field.getDictionary().getId()) == null)) {
            throw new IllegalArgumentException("column \"" + top.getName() + "\" is encoded with dictionary "
                    + field.getDictionary().getId() + ", which is not given: pass a DictionaryProvider that has it, or"
                    + " append the ArrowReader that the table comes from");
        }
        for (Field child : field.getChildren()) requireDictionaries(top, child, dictionaries);
    }

    /** Whether tables of the other schema may follow those of this one. */
    public boolean accepts(TableSchema other) {
        if (other == this || accepted.contains(other)) return true;
        if (SchemaRules.difference(schema, other.schema) != null) return false;
        if (accepted.size() < MAX_ACCEPTED) accepted.add(other);
        return true;
    }

    /** The schema message, which a key's bytes begin with; nothing for a table that fixes no schema. */
    public synchronized Bytes message() {
        if (this == EMPTY) return Bytes.EMPTY;
        if (message == null) message = BatchHeader.ofSchema(schema);
        return message;
    }
}

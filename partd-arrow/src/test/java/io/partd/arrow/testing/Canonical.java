package io.partd.arrow.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Schema and rows as one JSON text, row by row: slow, and so simple that it can judge. Two tables are equal when their
 * texts are, however they were cut into batches. Of each value and of the schema everything shows but the names of the
 * children of maps.
 *
 * <p>Rows are read when they are added: afterwards the vectors, and the dictionaries, may change.
 */
public final class Canonical {
    private final Schema schema;
    private final DictionaryProvider dictionaries;
    private final List<String> fields;
    private final List<String> rows = new ArrayList<>();

    /** A document without rows. */
    public Canonical(Schema schema, DictionaryProvider dictionaries) {
        this.schema = schema;
        this.dictionaries = dictionaries;
        this.fields = schema.getFields().stream()
                .map(field -> Json.text(CanonicalType.field(field, dictionaries)))
                .collect(Collectors.toList());
    }

    /** What is left to read of a stream. */
    public static Canonical of(ArrowReader reader) throws IOException {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        Canonical document = new Canonical(root.getSchema(), reader);
        while (reader.loadNextBatch()) document.add(root);
        return document;
    }

    /** A table without dictionaries. */
    public static Canonical of(VectorSchemaRoot root) {
        return of(root, new DictionaryProvider.MapDictionaryProvider());
    }

    static Canonical of(VectorSchemaRoot root, DictionaryProvider dictionaries) {
        return new Canonical(root.getSchema(), dictionaries).add(root);
    }

    /** Adds a batch. */
    public Canonical add(VectorSchemaRoot root) {
        for (int row = 0; row < root.getRowCount(); row++) rows.add(Json.text(row(root, row)));
        return this;
    }

    private List<Object> row(VectorSchemaRoot root, int row) {
        CanonicalValue value = new CanonicalValue(dictionaries);
        List<FieldVector> vectors = root.getFieldVectors();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            Field field = schema.getFields().get(i);
            values.add(value.of(field, vectors.get(i), row));
        }
        return values;
    }

    /** The text of each row. */
    public List<String> rows() {
        return List.copyOf(rows);
    }

    /** The whole document. */
    @Override
    public String toString() {
        String metadata = Json.text(CanonicalType.metadata(schema.getCustomMetadata()));
        return "{\"fields\":" + block(fields) + ",\n\"metadata\":" + metadata + ",\n\"rows\":" + block(rows) + "}\n";
    }

    private static String block(List<String> lines) {
        return lines.isEmpty() ? "[]" : "[\n" + String.join(",\n", lines) + "\n]";
    }
}

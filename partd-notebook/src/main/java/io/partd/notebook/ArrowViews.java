package io.partd.notebook;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Partd;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.arrow.text.CellText;
import io.partd.arrow.text.TypeText;
import io.partd.notebook.Grid.Kind;
import io.partd.text.Text;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** What is shown of Arrow's tables; loaded only where Arrow is there. */
final class ArrowViews {
    private ArrowViews() {}

    static void addTo(Views views) {
        views.add(VectorSchemaRoot.class, ArrowViews::of);
        views.add(Schema.class, ArrowViews::of);
        views.add(Partitioner.class, partitioner -> View.code(partitioner.toString()));
        views.add(ArrowOptions.class, ArrowViews::of);
        views.countRows(ArrowViews::rows);
    }

    private static long rows(Partd<Bytes> store, String key) {
        try {
            return ArrowPartd.over(store, ArrowPartd.sharedAllocator()).rows(key);
        } catch (CorruptPartdException e) {
            return PartdView.Rows.UNKNOWN; // no table, or one that reading will complain about
        }
    }

    private static View of(VectorSchemaRoot root) {
        List<FieldVector> vectors = root.getFieldVectors();
        int rows = root.getRowCount();
        // What was closed has its rows still, but not its values.
        if (vectors.stream().anyMatch(vector -> vector.getValueCount() < rows)) {
            throw new IllegalStateException("its columns are shorter than its " + rows + " rows, as if it were closed");
        }
        TableGrid grid = new TableGrid("", rows, vectors.size());
        for (FieldVector vector : grid.shown(vectors)) {
            Field field = vector.getField();
            grid.column(field.getName(), type(field), field.getDictionary() == null && isNumber(field.getType()));
        }
        grid.rows((row, column) -> CellText.of(vectors.get(column), row));
        return grid.view();
    }

    private static View of(Schema schema) {
        Grid grid = new Grid(Text.count(schema.getFields().size(), "column"));
        if (schema.getFields().isEmpty()) return grid.view();
        grid.column("column", Kind.TEXT).column("type", Kind.TEXT).column("nulls", Kind.TEXT);
        for (Field field : schema.getFields()) {
            grid.row(TableGrid.cut(field.getName()), type(field), field.isNullable() ? "yes" : "no");
        }
        return grid.view();
    }

    private static View of(ArrowOptions options) {
        boolean plain = options.compression() == CodecType.NO_COMPRESSION;
        return new Grid("how tables are written")
                .column("option", Kind.TEXT)
                .column("", Kind.TEXT)
                .row("compression", plain ? "none" : options.compression() + ", level " + options.level())
                .row("stageBytes", options.stageBytes() == 0 ? "0: each append is written at once" : staged(options))
                .view();
    }

    private static String staged(ArrowOptions options) {
        return Text.count(options.stageBytes()) + ": up to " + Text.bytes(options.stageBytes()) + " wait in memory";
    }

    private static boolean isNumber(ArrowType type) {
        return type instanceof ArrowType.Int
                || type instanceof ArrowType.FloatingPoint
                || type instanceof ArrowType.Decimal;
    }

    private static String type(Field field) {
        return TableGrid.cut(TypeText.of(field));
    }
}

package io.partd.arrow.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** A field of every type that Arrow Java has vectors for, named after its canonical text. */
public final class EveryType {
    private EveryType() {}

    public static List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        primitive().forEach(type -> fields.add(leaf(CanonicalType.text(type), type)));
        fields.addAll(nested());
        return fields;
    }

    private static List<ArrowType> primitive() {
        List<ArrowType> types = new ArrayList<>(List.of(
                new ArrowType.Null(),
                new ArrowType.Bool(),
                new ArrowType.Decimal(9, 2, 128),
                new ArrowType.Decimal(38, -3, 128),
                new ArrowType.Decimal(76, 10, 256),
                new ArrowType.Date(DateUnit.DAY),
                new ArrowType.Date(DateUnit.MILLISECOND),
                new ArrowType.Time(TimeUnit.SECOND, 32),
                new ArrowType.Time(TimeUnit.MILLISECOND, 32),
                new ArrowType.Time(TimeUnit.MICROSECOND, 64),
                new ArrowType.Time(TimeUnit.NANOSECOND, 64),
                new ArrowType.Utf8(),
                new ArrowType.LargeUtf8(),
                new ArrowType.Utf8View(),
                new ArrowType.Binary(),
                new ArrowType.LargeBinary(),
                new ArrowType.BinaryView(),
                new ArrowType.FixedSizeBinary(1),
                new ArrowType.FixedSizeBinary(13)));
        for (int bits = 8; bits <= 64; bits *= 2) {
            types.add(new ArrowType.Int(bits, true));
            types.add(new ArrowType.Int(bits, false));
        }
        for (FloatingPointPrecision each : FloatingPointPrecision.values())
            types.add(new ArrowType.FloatingPoint(each));
        for (IntervalUnit unit : IntervalUnit.values()) types.add(new ArrowType.Interval(unit));
        for (TimeUnit unit : TimeUnit.values()) {
            types.add(new ArrowType.Timestamp(unit, null));
            types.add(new ArrowType.Timestamp(unit, "Europe/Paris"));
            types.add(new ArrowType.Duration(unit));
        }
        return types;
    }

    private static List<Field> nested() {
        return List.of(
                of("list", new ArrowType.List(), leaf("item", new ArrowType.Int(32, true))),
                of("large_list", new ArrowType.LargeList(), leaf("item", new ArrowType.Utf8())),
                of("list_view", new ArrowType.ListView(), leaf("item", new ArrowType.Int(32, true))),
                of("large_list_view", new ArrowType.LargeListView(), leaf("item", new ArrowType.Utf8())),
                of("fixed_size_list", new ArrowType.FixedSizeList(3), leaf("item", new ArrowType.Int(16, true))),
                of(
                        "struct",
                        new ArrowType.Struct(),
                        leaf("a", new ArrowType.Int(64, true)),
                        leaf("b", new ArrowType.Utf8())),
                map("map", new ArrowType.Map(false)),
                map("map_sorted", new ArrowType.Map(true)),
                union("sparse_union", UnionMode.Sparse),
                union("dense_union", UnionMode.Dense),
                of(
                        "run_end_encoded",
                        new ArrowType.RunEndEncoded(),
                        required("run_ends", new ArrowType.Int(32, true)),
                        leaf("values", new ArrowType.Utf8())),
                of("list_of_list_of_struct", new ArrowType.List(), of("item", new ArrowType.LargeList(), struct())),
                of(
                        "struct_of_map_and_union",
                        new ArrowType.Struct(),
                        map("m", new ArrowType.Map(false)),
                        union("u", UnionMode.Dense)),
                of("fixed_size_list_of_views", new ArrowType.FixedSizeList(2), leaf("item", new ArrowType.Utf8View())));
    }

    private static Field struct() {
        return of("s", new ArrowType.Struct(), leaf("a", new ArrowType.Bool()), leaf("b", new ArrowType.BinaryView()));
    }

    private static Field map(String name, ArrowType type) {
        Field key = required("key", new ArrowType.Utf8());
        Field entries = new Field(
                "entries",
                FieldType.notNullable(new ArrowType.Struct()),
                List.of(key, leaf("value", new ArrowType.Int(64, false))));
        return of(name, type, entries);
    }

    /** Arrow Java loads dense unions only where the type ids ascend. */
    private static Field union(String name, UnionMode mode) {
        int[] ids = mode == UnionMode.Dense ? new int[] {5, 7} : new int[] {7, 5};
        Field number = leaf("number", new ArrowType.Int(32, true));
        Field text = leaf("text", new ArrowType.Utf8());
        return new Field(name, FieldType.notNullable(new ArrowType.Union(mode, ids)), List.of(number, text));
    }

    /** A nullable field without children. */
    public static Field leaf(String name, ArrowType type) {
        return Field.nullable(name, type);
    }

    public static Field required(String name, ArrowType type) {
        return Field.notNullable(name, type);
    }

    /** A nullable field with children. */
    public static Field of(String name, ArrowType type, Field... children) {
        return new Field(name, FieldType.nullable(type), Arrays.asList(children));
    }
}

package io.partd.arrow.testing;

import java.util.function.Predicate;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What Arrow Java 19.0.0 itself cannot do, so that tests leave it out. {@code ArrowJavaTest} shows those that could
 * hurt us.
 *
 * <table>
 *   <caption>Types and forms that Arrow Java has trouble with</caption>
 *   <tr><th>what</th><th>what happens</th></tr>
 *   <tr><td>decimals of 32 and 64 bits</td><td>no vectors: {@code DecimalVector} takes 16 bytes for each value</td></tr>
 *   <tr><td>fixed-size list of unions</td><td>{@code Field.createVector} throws SchemaChangeRuntimeException</td></tr>
 *   <tr><td>children of one name in a struct or union</td><td>the last one replaces the others</td></tr>
 *   <tr><td>sparse union whose type ids are not Java's MinorType ordinals</td><td>{@code getField} and
 *       {@code getObject} have other ids than the type buffer; the root's schema has the true ones</td></tr>
 *   <tr><td>dense union whose type ids do not ascend</td><td>{@code getField} reorders the children, so
 *       {@code VectorLoader} puts buffers into the wrong ones, or fails</td></tr>
 *   <tr><td>dense union with child rows that no row refers to</td><td>{@code setValueCount}, and with it
 *       {@code VectorLoader} and {@code setRowCount}, cuts the children to as many rows as there are references; slices
 *       have wrong values</td></tr>
 *   <tr><td>slice of a dense union whose type ids are not 0, 1, 2...</td><td>ArrayIndexOutOfBoundsException</td></tr>
 *   <tr><td>slice of a union with run-end encoded children by {@code getTransferPair(allocator)}</td>
 *       <td>IllegalArgumentException; {@code makeTransferPair} into a vector made from the field works</td></tr>
 *   <tr><td>{@code VectorSchemaRoot.slice}</td><td>the new schema forgets whether fields can be null, names of list
 *       children, type ids of unions and metadata</td></tr>
 *   <tr><td>slice of no rows of a large list with an empty offset buffer, or whose first offset is not zero</td>
 *       <td>IndexOutOfBoundsException, IllegalArgumentException</td></tr>
 *   <tr><td>no rows in a list or large list with an empty offset buffer</td><td>{@code getFieldBuffers} moves the writer
 *       index of the allocator's one empty buffer beyond its capacity, for everybody; {@code ArrowStreamWriter} throws IndexOutOfBoundsException</td></tr>
 *   <tr><td>extension type over utf8 view or binary view</td><td>{@code VectorUnloader} and {@code VectorLoader} count
 *       its buffers wrongly and throw IllegalArgumentException</td></tr>
 *   <tr><td>extension types in {@code ExtensionTypeVector} without transfer pairs of their own</td><td>slices have the
 *       storage's vector; inside lists and structs they fail with a ClassCastException</td></tr>
 *   <tr><td>dictionaries of most nested types, extension types, list views in {@code ArrowStreamWriter}</td><td>it
 *       copies each dictionary value by value, and {@code copyFrom} is not there for them; for fixed-size lists of
 *       size 0 it allocates until memory ends</td></tr>
 *   <tr><td>delta dictionaries in {@code ArrowStreamReader}</td><td>appended by {@code VectorBatchAppender}, which does
 *       not do all types</td></tr>
 *   <tr><td>dictionary-encoded extension values in {@code ArrowStreamReader}</td><td>the index field's metadata says that
 *       it were an extension type</td></tr>
 *   <tr><td>a dictionary batch that no field names</td><td>{@code ArrowStreamReader} throws and leaks it</td></tr>
 *   <tr><td>run-end encoded children of a list with rows behind its last offset</td><td>{@code setValueCount} cuts them
 *       without their run ends: the last end is then beyond the number of rows</td></tr>
 *   <tr><td>absent validity buffers</td><td>none in vectors with rows: {@code loadFieldBuffers} makes one</td></tr>
 * </table>
 */
public final class ArrowJava {
    private ArrowJava() {}

    /** Whether {@code VectorLoader} and {@code ArrowStreamReader} read such a column. */
    public static boolean reads(Field field) {
        return !any(field, ArrowJava::isReorderedUnion) && !any(field, ArrowJava::isExtendedView);
    }

    /** Whether slices into a vector that was made from the field are right. */
    public static boolean slices(Field field) {
        return !any(field, ArrowJava::isDenseWithOtherIds);
    }

    /** Whether slices into a vector that {@code getTransferPair} makes are right. */
    static boolean slicesIntoNewVectors(Field field) {
        return slices(field) && !any(field, ArrowJava::isUnionOfRuns);
    }

    /** Whether a field or one of its descendants is such. */
    public static boolean any(Field field, Predicate<Field> such) {
        return such.test(field) || field.getChildren().stream().anyMatch(child -> any(child, such));
    }

    private static boolean isReorderedUnion(Field field) {
        int[] ids = denseIds(field);
        for (int i = 1; i < ids.length; i++) {
            if (ids[i] < ids[i - 1]) return true;
        }
        return false;
    }

    private static boolean isDenseWithOtherIds(Field field) {
        int[] ids = denseIds(field);
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != i) return true;
        }
        return false;
    }

    private static int[] denseIds(Field field) {
        boolean dense = Shape.storage(field) instanceof ArrowType.Union union && union.getMode() == UnionMode.Dense;
        return dense ? ((ArrowType.Union) Shape.storage(field)).getTypeIds() : new int[0];
    }

    private static boolean isExtendedView(Field field) {
        ArrowType storage = Shape.storage(field);
        boolean view = storage.equals(ArrowType.Utf8View.INSTANCE) || storage.equals(ArrowType.BinaryView.INSTANCE);
        return view && field.getType() instanceof ArrowType.ExtensionType;
    }

    private static boolean isUnionOfRuns(Field field) {
        return Shape.storage(field) instanceof ArrowType.Union
                && field.getChildren().stream().anyMatch(c -> c.getType().equals(ArrowType.RunEndEncoded.INSTANCE));
    }
}

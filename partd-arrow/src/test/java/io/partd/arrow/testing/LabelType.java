package io.partd.arrow.testing;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.writer.FieldWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.ExtensionTypeRegistry;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** An extension type over any storage, with a label as its parameter. */
public final class LabelType extends ArrowType.ExtensionType {
    private final ArrowType storage;
    private final String label;

    public LabelType(ArrowType storage, String label) {
        this.storage = storage;
        this.label = label;
    }

    /** Makes the type known to readers of schemas. */
    public static void register() {
        ExtensionTypeRegistry.register(new LabelType(ArrowType.Null.INSTANCE, ""));
    }

    @Override
    public ArrowType storageType() {
        return storage;
    }

    @Override
    public String extensionName() {
        return "partd.test.label";
    }

    @Override
    public boolean extensionEquals(ExtensionType other) {
        return other instanceof LabelType that && storage.equals(that.storage) && label.equals(that.label);
    }

    @Override
    public String serialize() {
        return label;
    }

    @Override
    public ArrowType deserialize(ArrowType storageType, String serialized) {
        return new LabelType(storageType, serialized);
    }

    @Override
    public FieldVector getNewVector(String name, FieldType type, BufferAllocator allocator) {
        FieldType plain = new FieldType(type.isNullable(), storage, type.getDictionary(), type.getMetadata());
        return new LabelVector(
                new Field(name, type, null), allocator, plain.createNewSingleVector(name, allocator, null));
    }

    @Override
    public FieldWriter getNewFieldWriter(ValueVector vector) {
        throw new UnsupportedOperationException("labels are written through their storage");
    }
}

package io.partd.arrow.testing;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.hash.ArrowBufHasher;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.CallBack;
import org.apache.arrow.vector.util.TransferPair;

/** The vector of a {@link LabelType}. */
final class LabelVector extends ExtensionTypeVector<FieldVector> {
    private Field field;

    LabelVector(Field field, BufferAllocator allocator, FieldVector storage) {
        super(field, allocator, storage);
        this.field = field;
    }

    @Override
    public Field getField() {
        return field;
    }

    @Override
    public void initializeChildrenFromFields(List<Field> children) {
        super.initializeChildrenFromFields(children);
        field = new Field(field.getName(), field.getFieldType(), children);
    }

    @Override
    public TransferPair makeTransferPair(ValueVector target) {
        return new LabelTransfer((LabelVector) target);
    }

    @Override
    public TransferPair getTransferPair(BufferAllocator allocator) {
        return getTransferPair(field, allocator);
    }

    @Override
    public TransferPair getTransferPair(String name, BufferAllocator allocator) {
        return getTransferPair(new Field(name, field.getFieldType(), field.getChildren()), allocator);
    }

    @Override
    public TransferPair getTransferPair(String name, BufferAllocator allocator, CallBack callBack) {
        return getTransferPair(name, allocator);
    }

    @Override
    public TransferPair getTransferPair(Field target, BufferAllocator allocator) {
        return new LabelTransfer((LabelVector) target.createVector(allocator));
    }

    @Override
    public TransferPair getTransferPair(Field target, BufferAllocator allocator, CallBack callBack) {
        return getTransferPair(target, allocator);
    }

    @Override
    public Object getObject(int index) {
        return getUnderlyingVector().getObject(index);
    }

    @Override
    public int hashCode(int index) {
        return getUnderlyingVector().hashCode(index);
    }

    @Override
    public int hashCode(int index, ArrowBufHasher hasher) {
        return getUnderlyingVector().hashCode(index, hasher);
    }

    /** Transfers the storage; what {@link ExtensionTypeVector} does by itself forgets the type or fails a cast. */
    private final class LabelTransfer implements TransferPair {
        private final LabelVector to;
        private final TransferPair storage;

        LabelTransfer(LabelVector to) {
            this.to = to;
            this.storage = getUnderlyingVector().makeTransferPair(to.getUnderlyingVector());
        }

        @Override
        public void transfer() {
            storage.transfer();
        }

        @Override
        public void splitAndTransfer(int start, int length) {
            storage.splitAndTransfer(start, length);
        }

        @Override
        public ValueVector getTo() {
            return to;
        }

        @Override
        public void copyValueSafe(int from, int target) {
            storage.copyValueSafe(from, target);
        }
    }
}

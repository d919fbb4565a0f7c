package io.partd.arrow.array;

import org.apache.arrow.vector.types.pojo.ArrowType;

/** Arrays of binary values. */
final class BinaryKind extends VariableKind<byte[]> {
    BinaryKind() {
        super(byte[][].class, ArrowType.Binary.INSTANCE);
    }

    @Override
    long size(byte[] value) {
        return value.length;
    }

    @Override
    byte[] encode(byte[] value) {
        return value;
    }

    @Override
    byte[] decode(long address, int size, byte[] buffer) {
        byte[] value = new byte[size];
        HeapArrays.BYTES.read(address, value, 0, size);
        return value;
    }
}

package io.partd.arrow.testing;

import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;

/**
 * Arrow's own codecs, but for empty buffers: these stay empty. Arrow makes them 8 zero bytes, and a reader that then
 * decompresses the nothing that follows may fail, as apache-arrow does with the package lz4js.
 */
public final class LeanCodecs implements CompressionCodec.Factory {
    @Override
    public CompressionCodec createCodec(CodecType type) {
        if (type == CodecType.NO_COMPRESSION) return NoCompressionCodec.INSTANCE;
        return new Lean(CommonsCompressionFactory.INSTANCE.createCodec(type));
    }

    @Override
    public CompressionCodec createCodec(CodecType type, int level) {
        return new Lean(CommonsCompressionFactory.INSTANCE.createCodec(type, level));
    }

    private record Lean(CompressionCodec codec) implements CompressionCodec {
        @Override
        public ArrowBuf compress(BufferAllocator allocator, ArrowBuf buffer) {
            return buffer.writerIndex() == 0 ? buffer : codec.compress(allocator, buffer);
        }

        @Override
        public ArrowBuf decompress(BufferAllocator allocator, ArrowBuf buffer) {
            return codec.decompress(allocator, buffer);
        }

        @Override
        public CodecType getCodecType() {
            return codec.getCodecType();
        }
    }
}

// The codecs of compressed buffers, of which apache-arrow brings none.
import { compressionRegistry, CompressionType } from 'apache-arrow';
import { Zstd } from '@hpcc-js/wasm-zstd';
import lz4 from 'lz4js';

export async function registerCodecs() {
  const zstd = await Zstd.load();
  compressionRegistry.set(CompressionType.LZ4_FRAME, {
    encode: bytes => lz4.compress(bytes),
    decode: bytes => lz4.decompress(bytes),
  });
  compressionRegistry.set(CompressionType.ZSTD, {
    encode: bytes => zstd.compress(bytes),
    // A copy, for what it returns may lie in memory that the next call changes.
    decode: bytes => zstd.decompress(bytes).slice(),
  });
}

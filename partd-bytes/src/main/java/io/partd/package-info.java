/**
 * A key-value byte store whose values grow by appending.
 *
 * <p>{@link io.partd.Partd} is the one interface; {@link io.partd.Partds} makes the stores and is meant for
 * {@code import static}. {@code dict()} keeps bytes in memory, {@code file(path)} in a log of segments on disk,
 * {@code buffer(fast, slow, limit)} puts one before the other, and the codecs ({@code snappy}, {@code zstd}, ...) wrap
 * any of them. Stores nest: a {@code Partd<Bytes>} goes into the next, and {@link io.partd.Encoding} turns one into a
 * store of any type.
 *
 * <p>An append of many keys is one atomic write; a {@link io.partd.Bytes} that was read stays readable whatever happens
 * to the store later. What exactly is promised is written down in {@code docs/contract.md}, the bytes on disk in
 * {@code docs/format.md}.
 */
package io.partd;

package io.partd;

/** A store that keeps its values encoded in a store of bytes, as the codecs, the encodings and the typed layers do. */
public interface Layer {
    /**
     * Returns the store below, whose bytes are what this one made of its values: another program may read them. It is
     * closed with this one.
     */
    Partd<Bytes> store();
}

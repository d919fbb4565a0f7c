package io.partd;

/** The one place where tests reach for what only some stores offer. */
final class TestStores {
    private TestStores() {}

    /** Compacts the store, where it can be. */
    static void compact(Partd<?> store) {
        if (store instanceof FilePartd file) file.compact();
        if (store instanceof ReferencePartd reference) reference.compact();
    }
}

package io.partd.notebook;

/**
 * What is shown of a value.
 *
 * @param html a fragment, in which all that comes from the value is escaped
 * @param text the same for where there is no HTML
 */
record View(String html, String text) {
    /** A text in letters of one width. */
    static View code(String text) {
        return new View("<code>" + Html.escape(text) + "</code>", text);
    }

    /** Says that a value cannot be shown, and why. */
    static View failure(Object value, Throwable reason) {
        String name = value.getClass().getSimpleName();
        String text = name + ": cannot be shown: " + (reason.getMessage() == null ? reason : reason.getMessage());
        return new View("<i>" + Html.escape(text) + "</i>", text);
    }
}

package io.partd.notebook;

/** Text as HTML. */
final class Html {
    private Html() {}

    /**
     * The text, such that it is no markup anywhere, in an attribute neither; other characters than text become U+FFFD.
     */
    static String escape(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(isText(text, i) ? c : '\ufffd');
            }
        }
        return html.toString();
    }

    /** Whether HTML may hold the character: no control characters, no halves of surrogate pairs. */
    private static boolean isText(String text, int i) {
        char c = text.charAt(i);
        if (c == '\n' || c == '\t') return true;
        if (Character.isHighSurrogate(c)) return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        if (Character.isLowSurrogate(c)) return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        return !Character.isISOControl(c) && !isDirection(c);
    }

    /** What turns the direction of the text around it. */
    private static boolean isDirection(char c) {
        return c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069';
    }
}

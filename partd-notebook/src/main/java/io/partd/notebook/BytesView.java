package io.partd.notebook;

import io.partd.Bytes;
import io.partd.text.Text;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The size of {@code Bytes} and their beginning: as text where they are UTF-8, else as a dump. */
final class BytesView {
    private static final int TEXT_BYTES = 400;
    private static final int DUMP_BYTES = 128;
    private static final int LINE = 16;

    private BytesView() {}

    static View of(Bytes bytes) {
        String title = Text.bytes(bytes.size()) + (bytes.size() >= 1000 ? " (" + Text.count(bytes.size()) + ")" : "");
        if (bytes.size() == 0) return new View("<b>no bytes</b>", "no bytes");
        byte[] start = bytes.slice(0, Math.min(bytes.size(), TEXT_BYTES)).toArray();
        String text = text(start, start.length < bytes.size());
        String preview = text != null ? text : dump(start);
        boolean whole = (text != null ? TEXT_BYTES : DUMP_BYTES) >= bytes.size();
        return view(title, whole ? preview : preview + (text != null ? "…" : "\n…"));
    }

    private static View view(String title, String preview) {
        String html = "<div><b>" + title + "</b></div><pre style=\"margin:.3em 0\">" + Html.escape(preview) + "</pre>";
        return new View(html, title + '\n' + preview);
    }

    /** The bytes as text, or null where they are something else. */
    private static String text(byte[] bytes, boolean cut) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            // A character that is cut off at the end of the preview does not matter.
            CoderResult result = decoder.decode(in, chars, !cut);
            if (result.isError()) result.throwException();
        } catch (CharacterCodingException e) {
            return null;
        }
        String text = chars.flip().toString();
        return text.chars().allMatch(c -> c == '\n' || c == '\r' || c == '\t' || !Character.isISOControl(c))
                ? text
                : null;
    }

    private static String dump(byte[] bytes) {
        StringBuilder dump = new StringBuilder();
        for (int from = 0; from < Math.min(bytes.length, DUMP_BYTES); from += LINE) {
            if (from > 0) dump.append('\n');
            line(dump, bytes, from, Math.min(bytes.length, from + LINE));
        }
        return dump.toString();
    }

    private static void line(StringBuilder dump, byte[] bytes, int from, int to) {
        dump.append(String.format(Locale.ROOT, "%04x ", from));
        for (int i = from; i < from + LINE; i++) {
            if ((i - from) % 8 == 0) dump.append(' ');
            dump.append(i < to ? String.format(Locale.ROOT, "%02x ", bytes[i]) : "   ");
        }
        dump.append(' ');
        for (int i = from; i < to; i++) dump.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '·');
    }
}

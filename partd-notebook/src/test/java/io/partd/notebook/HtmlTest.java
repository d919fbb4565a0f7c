package io.partd.notebook;

import io.partd.text.Text;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Text as HTML, and as one line. */
class HtmlTest {
    @Test
    void nothingInATextIsMarkup() {
        assertEquals("a &lt;b&gt; &amp;amp; &quot;c&quot; &#39;d&#39;", Html.escape("a <b> &amp; \"c\" 'd'"));
        assertEquals("é 😀\n", Html.escape("é 😀\n"));
        assertEquals("\ufffd|\ufffd|\ufffd|\ufffd", Html.escape("\0|\u202e|\ud83d|\ude00"));
    }

    @Test
    void randomTexts() {
        long seed = Long.getLong("partd.seed", System.nanoTime());
        System.out.println("texts as HTML: partd.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                text.append(random.nextBoolean() ? "<>&\"'".charAt(random.nextInt(5)) : (char) random.nextInt(1 << 16));
            }
            String html = Html.escape(text.toString());
            assertFalse(html.matches("(?s).*[<>\"'].*"), html);
            assertTrue(html.replaceAll("&(amp|lt|gt|quot|#39);", "").indexOf('&') < 0, html);
            String line = Text.line(text.toString(), 5);
            assertTrue(line.chars().noneMatch(Character::isISOControl), line);
        }
    }

    @Test
    void longTextsAreCutBetweenCharacters() {
        assertEquals("12345", Text.line("12345", 5));
        assertEquals("1234…", Text.line("123456", 5));
        assertEquals("😀😀😀😀…", Text.line("😀".repeat(6), 5));
        assertEquals("😀😀😀😀😀", Text.line("😀".repeat(5), 5));
        assertEquals("a\\nb\\u0007", Text.line("a\nb\u0007", 9));
    }

    @Test
    void bars() {
        assertEquals("", Text.bar(0, 10, 4));
        assertEquals("▏", Text.bar(1, 1_000_000, 4));
        assertEquals("██", Text.bar(5, 10, 4));
        assertEquals("██▌", Text.bar(625, 1000, 4));
        assertEquals("████", Text.bar(Long.MAX_VALUE, Long.MAX_VALUE, 4));
    }
}

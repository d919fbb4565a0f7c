package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.common.Json;
import io.partd.benchmarks.data.Duck;
import io.partd.benchmarks.data.Task;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is made of the lines that peers print. */
class ReportTest {
    private static final PlannedRun LIMITS = entry("limits: plain", "limits", "limits");

    private static PlannedRun entry(String group, String workload, String peer) {
        return new PlannedRun(group, peer, new Task(workload, peer, Map.of()), List.of(), 1);
    }

    private static Results results(PlannedRun entry, String... lines) {
        PeerOutput output = new PeerOutput();
        for (String line : lines) output.add(line);
        Results results = new Results(entry);
        results.add(new PeerProcess(output, 300 << 20, 200 << 20, ""), 1, "all");
        return results;
    }

    private static Results fast() {
        return results(
                entry("W2: chunks", "W2", "partd file"),
                "a library says something",
                "@before 104857600",
                "@phase 0 write 4000000 4000000 8000000 0",
                "@phase 1 write 3000000 3000000 8000000 0",
                "@phase 2 write 2000000 2000000 8000000 0",
                "@phase 3 write 1000000 1000000 8000000 0",
                "@disk 9000000",
                "@check all");
    }

    private static Results limits() {
        return results(LIMITS, "@phase 0 write_1_MiB_direct 1000000 1 8000000 0", "@check all");
    }

    @Test
    void coldIsTheFirstTimeAndWarmTheSecondHalf() {
        assertEquals(List.of(4.0), fast().cold("write"));
        assertEquals(List.of(2.0, 1.0), fast().warm("write"));
        assertEquals(8e6 / 1e6 / 1.5e-3, fast().megabytesPerSecond("write"), 1e-6);
    }

    @Test
    void onceIsColdAlone() {
        assertEquals(List.of(), limits().warm("write_1_MiB_direct"));
        assertEquals(List.of(1.0), limits().best("write_1_MiB_direct"));
    }

    @Test
    void whoHoldsSomethingElseHasNoTimes() {
        Results lost = results(entry("W2: chunks", "W2", "RocksDB"), "@phase 0 write 1 1 8 0", "@check less");
        assertTrue(lost.lostData());
        assertTrue(lost.failure().contains("less instead of all"), lost.failure());
        assertTrue(lost.phases().isEmpty());
        assertTrue(
                SideTable.of(List.of(lost), new LimitSpeeds(List.of())).text().contains("lost data"));
    }

    @Test
    void tableSaysTheSpeedAndItsPartOfTheLimit() {
        String table = SideTable.of(List.of(fast()), new LimitSpeeds(List.of(limits())))
                .markdown();
        String line = "| partd file | write | 1.5 | 67 % | 4.0 | 5333 | 0.67 |  | 300 | 200 (100) | 9.0 |";
        assertTrue(table.contains(line), table);
        assertEquals("a\\|b c", SideTable.cell("a|b\nc"));
    }

    @Test
    void jsonIsReadByAnother() throws Exception {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("command", "a \"quoted\" \\ text\n\twith é and 'others'");
        facts.put("versions", Map.of("python", "3"));
        String json = new SideReport(facts, List.of(fast(), limits())).json();
        Duck duck = new Duck(null, new Task("", "", Map.of()));
        try {
            String value = "'" + json.replace("'", "''") + "'::JSON";
            assertEquals(List.of(facts.get("command")), duck.texts("SELECT " + value + " ->> '$.command'"));
            String median = " ->> '$.results[0].phases[0].medianMs'";
            assertEquals(List.of("1.5"), duck.texts("SELECT " + value + median));
        } finally {
            duck.close();
        }
    }

    @Test
    void jsonHasNoInfinity() {
        assertThrows(IllegalArgumentException.class, () -> Json.write(List.of(1.0 / 0)));
    }

    @Test
    void chartDrawsEachValueToScale() throws Exception {
        Results slow =
                results(entry("W2: chunks", "W2", "a <peer> & co"), "@phase 0 write 6000000 1 8000000 0", "@check all");
        SideReport report = new SideReport(Map.of(), List.of(limits(), fast(), slow));
        Document chart = parse(Chart.svg(report.panels()));
        NodeList bars = chart.getElementsByTagName("rect");
        List<Double> widths = new ArrayList<>();
        for (int i = 1; i < bars.getLength(); i++) {
            widths.add(Double.parseDouble(((Element) bars.item(i)).getAttribute("width")));
        }
        // 8000 MB/s is the limit, and the longest
        assertEquals(3, widths.size());
        assertEquals(widths.get(2) * 2 / 3, widths.get(0), 0.1);
        assertEquals(widths.get(2) / 6, widths.get(1), 0.1);
        assertTrue(chart.getDocumentElement().getTextContent().contains("a <peer> & co"));
    }

    private static Document parse(String svg) throws Exception {
        byte[] bytes = svg.getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    @Test
    void chartOfNothingIsAChart() throws Exception {
        Chart.Panel empty = new Chart.Panel("nothing", "", List.of(new Chart.Bar("zero", 0, Chart.PEER)));
        assertFalse(Chart.svg(List.of(empty)).contains("NaN"));
        parse(Chart.svg(List.of()));
    }

    @Test
    void numbersHaveThreeDigits() {
        assertEquals("1.25", Chart.number(1.25));
        assertEquals("12.5", Chart.number(12.5));
        assertEquals("12,500", Chart.number(12500));
    }
}

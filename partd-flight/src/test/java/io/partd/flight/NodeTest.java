package io.partd.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.flight.ServerOptions.Right;
import io.partd.flight.testing.Tables;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.flight.impl.Flight;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * A client that is not Java and knows nothing of this server but Flight: Node with {@code @grpc/grpc-js}, Flight's own
 * proto file and the npm package apache-arrow. Needs node, and what {@code npm ci} installs in {@code src/test/node}.
 */
@Tag("optional")
class NodeTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void putsAndGetsTables() throws Exception {
        try (BufferAllocator allocator = new RootAllocator();
                Partd<Bytes> store = Partds.file(directory.resolve("store"));
                PartdServer server = PartdServer.serve(
                        store, ServerOptions.at("grpc+tcp://127.0.0.1:0").withToken("t-1", Right.values()))) {
            try (ArrowPartd tables = ArrowPartd.over(
                            FlightPartd.connect(
                                    server.uri(), ClientOptions.defaults().withToken("t-1")),
                            allocator);
                    VectorSchemaRoot root = Tables.numbers(allocator, 1, 3)) {
                tables.append("from java", root);
            }
            JsonNode seen = node(server);
            expect("[{'n':1,'x':0.5},{'n':2,'x':1}]", seen, "fromJava");
            expect("[[{'batches':1}],[{'batches':1}]]", seen, "put");
            expect("[{'n':1,'x':0.5},{'n':2,'x':1.5},{'n':3,'x':2.5},{'n':4,'x':3.5}]", seen, "fromNode");
            expect("[{'x':0.5},{'x':1.5},{'x':2.5},{'x':3.5}]", seen, "oneColumn");
            expect("[{'batches':1}]", seen, "putEncoded");
            expect("[{'colour':'red'},{'colour':'green'},{'colour':'red'},{'colour':null}]", seen, "encoded");
            expect("{'rows':4,'fields':['n: Int32']}", seen, "info");
            expect("[{'n':1},{'n':2},{'n':3},{'n':4}]", seen, "byInfo");
            expect("['n: Int32','x: Float64']", seen, "schema");
            expect("[['encoded',4,true],['from java',2,true],['from node',4,true]]", seen, "flights");
            assertEquals(parts(allocator), seen.get("parts").toString());
            expect("['0','1','2']", seen, "ranges");
            assertEquals(3, seen.get("stat").intValue());
            expect("[]", seen, "dropped");
            assertEquals(5, seen.get("absent").intValue(), "NOT_FOUND");
        }
    }

    /** The keys that the rows 1, 2 and 3 are split to. */
    private static String parts(BufferAllocator allocator) throws Exception {
        try (VectorSchemaRoot root = Tables.numbers(allocator, 1, 4)) {
            var split = Partitioner.hash(4, "n").split(root);
            Set<String> keys = new TreeSet<>(split.keySet());
            split.values().forEach(VectorSchemaRoot::close);
            return MAPPER.writeValueAsString(keys);
        }
    }

    private static void expect(String json, JsonNode seen, String field) throws Exception {
        assertEquals(MAPPER.readTree(json.replace('\'', '"')), seen.get(field), field);
    }

    private JsonNode node(PartdServer server) throws Exception {
        Path proto = directory.resolve("Flight.proto");
        try (InputStream resource = Flight.class.getResourceAsStream("/Flight.proto")) {
            Files.copy(resource, proto);
        }
        Path script = Path.of("src/test/node/flight.mjs").toAbsolutePath();
        Process process = new ProcessBuilder(List.of(
                        "node",
                        script.toString(),
                        proto.toString(),
                        server.uri().getHost() + ":" + server.uri().getPort(),
                        "t-1"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return MAPPER.readTree(output);
    }
}

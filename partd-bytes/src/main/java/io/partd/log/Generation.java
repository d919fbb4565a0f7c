package io.partd.log;

import io.partd.CorruptPartdException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a numbered manifest says: all that counts in a store on a medium where files are written once and whole. No
 * other segment counts, whatever lies there.
 *
 * @param number the manifest's number: one more than that of the manifest before
 * @param lastStamp the greatest stamp of what counts, or ever counted; the next commit has a greater one
 * @param commit tells this manifest from any other of the same number that lost the race for it
 * @param parts the indexes of the segments that count, in the order of their commits and in those of their tasks
 * @param jobs the jobs whose commits are remembered, oldest first
 * @param properties what whoever writes to the store keeps with it
 */
public record Generation(
        long number,
        long lastStamp,
        UUID commit,
        List<IndexPart> parts,
        List<Job> jobs,
        Map<String, String> properties) {
    static final long MAGIC = 0x4e45474454524150L; // "PARTDGEN"

    private static final int HEADER = 44;

    /**
     * A job that was committed.
     *
     * @param id its name, which no other job has
     * @param generation the number of the manifest that its commit made
     * @param millis when that was, by the clock of who committed, since 1970 in UTC
     */
    public record Job(String id, long generation, long millis) {
        private static final int MIN_SIZE = 20;
    }

    /** The generation that a job's commit made, if it is remembered. */
    public OptionalLong generationOf(String job) {
        return jobs.stream()
                .filter(each -> each.id().equals(job))
                .mapToLong(Job::generation)
                .findFirst();
    }

    /** The whole file. */
    public ByteBuffer encode() {
        long size = HEADER;
        for (IndexPart part : parts) size += part.size();
        for (Job job : jobs) size += Job.MIN_SIZE + CheckedInput.textSize(job.id());
        for (var each : properties.entrySet()) {
            size += CheckedInput.textSize(each.getKey()) + CheckedInput.textSize(each.getValue());
        }
        ByteBuffer dst = CheckedInput.begin(size, MAGIC, "manifest");
        dst.putLong(number).putLong(lastStamp);
        dst.putLong(commit.getMostSignificantBits()).putLong(commit.getLeastSignificantBits());
        dst.putInt(parts.size()).putInt(jobs.size()).putInt(properties.size());
        for (IndexPart part : parts) part.write(dst);
        for (Job job : jobs) {
            dst.putLong(job.generation()).putLong(job.millis());
            CheckedInput.putText(dst, job.id());
        }
        new TreeMap<>(properties).forEach((name, value) -> {
            CheckedInput.putText(dst, name);
            CheckedInput.putText(dst, value);
        });
        return CheckedInput.end(dst);
    }

    /** Whether a file of this content is a numbered manifest, and not one of a local store. */
    public static boolean isOne(ByteBuffer whole) {
        return whole.limit() >= 8 && whole.getLong(0) == MAGIC;
    }

    /**
     * Reads a whole file.
     *
     * @throws CorruptPartdException if it is not one
     */
    public static Generation decode(ByteBuffer whole, String file) {
        CheckedInput src = CheckedInput.open(whole, MAGIC, file, "numbered manifest");
        long number = src.upTo(Long.MAX_VALUE);
        long lastStamp = src.upTo(RecordHeader.MAX_STAMP);
        UUID commit = new UUID(src.longNumber(), src.longNumber());
        int parts = src.count(IndexPart.MIN_SIZE);
        int jobs = src.count(Job.MIN_SIZE);
        int properties = src.count(8);
        List<IndexPart> allParts = new ArrayList<>();
        for (int i = 0; i < parts; i++) allParts.add(IndexPart.read(src));
        List<Job> allJobs = new ArrayList<>();
        for (int i = 0; i < jobs; i++) allJobs.add(readJob(src));
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < properties; i++) all.put(src.text(), src.text());
        src.end();
        return new Generation(number, lastStamp, commit, allParts, allJobs, all);
    }

    private static Job readJob(CheckedInput src) {
        long generation = src.longNumber();
        long millis = src.longNumber();
        return new Job(src.text(), generation, millis);
    }
}

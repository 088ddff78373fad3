package jp.genkan.av.unpack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.protocols.file.MagicType;
import org.jspecify.annotations.Nullable;

/** The members of a file, theirs, and so on, taken apart by some unpackers within small bounds. */
public final class Gathered {
    private static final int OCTETS_MAX = 64 << 20;
    private static final int MEMBERS_MAX = 5000;
    private static final int DEPTH_MAX = 12;

    /** A member and how it was found. */
    public static final class Member {
        private final String path;
        private final String name;
        private final byte[] octets;
        private final FileFacts facts;

        Member(String path, String name, byte[] octets, FileFacts facts) {
            this.path = path;
            this.name = name;
            this.octets = octets;
            this.facts = facts;
        }

        public String path() {
            return path;
        }

        public String name() {
            return name;
        }

        public byte[] octets() {
            return octets;
        }

        public FileFacts facts() {
            return facts;
        }

        public String text() {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    public final List<Member> members = new ArrayList<>();
    public final List<String> problems = new ArrayList<>();
    private final long deadline = System.nanoTime() + 20_000_000_000L;

    /** The file itself. */
    public FileFacts root = facts(new byte[0], null, List.of(), List.of());

    private final List<Unpacker> unpackers;

    private int octetsLeft = OCTETS_MAX;

    private Gathered(List<Unpacker> unpackers) {
        this.unpackers = unpackers;
    }

    /** Everything that some unpackers find in a file. */
    public static Gathered from(byte[] file, String name, List<Unpacker> unpackers) {
        Gathered gathered = new Gathered(unpackers);
        gathered.root = gathered.facts(file, name, List.of(), List.of());
        gathered.look(file, gathered.root, name);
        return gathered;
    }

    /** What one unpacker finds in a file that it recognises; nothing further in. */
    public static Gathered from(byte[] file, Unpacker unpacker) {
        Gathered gathered = new Gathered(List.of());
        gathered.takeApart(unpacker, file, gathered.facts(file, "test", List.of(), List.of()), "test", true);
        return gathered;
    }

    /** As above, but only when it recognises it. */
    public static Gathered iffRecognised(byte[] file, Unpacker unpacker) {
        Gathered gathered = new Gathered(List.of());
        gathered.takeApart(unpacker, file, gathered.facts(file, "test", List.of(), List.of()), "test", false);
        return gathered;
    }

    public List<String> names() {
        return members.stream().map(Member::name).toList();
    }

    /** The first member of this name. */
    public Member named(String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + names()));
    }

    public boolean has(byte[] octets) {
        return members.stream().anyMatch(member -> java.util.Arrays.equals(member.octets(), octets));
    }

    private FileFacts facts(byte[] octets, @Nullable String name, List<String> containers, List<String> formats) {
        MagicType type = MagicType.of(octets, 0, octets.length);
        return new FileFacts(
                name,
                type == MagicType.UNKNOWN ? null : type.mediaType(),
                containers,
                formats,
                List.of("secret"),
                deadline);
    }

    private void look(byte[] octets, FileFacts facts, String path) {
        for (Unpacker unpacker : unpackers) {
            if (takeApart(unpacker, octets, facts, path, false)) {
                return;
            }
        }
    }

    private boolean takeApart(Unpacker unpacker, byte[] octets, FileFacts facts, String path, boolean always) {
        Map<String, Integer> seen = new HashMap<>();
        List<Member> found = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Math.max(1, octets.length)).asSlice(0, octets.length);
            memory.copyFrom(MemorySegment.ofArray(octets));
            Content content = new Content(memory);
            if (!unpacker.recognises(content, facts) && !always) {
                return false;
            }
            unpacker.unpack(content, facts, new Sink(content, facts, unpacker, path, found, seen));
        } catch (UnpackException broken) {
            problems.add(path + ": " + broken.reason() + " " + broken.getMessage());
        } catch (LimitException limit) {
            problems.add(path + ": limit " + limit.reason());
        } catch (IOException unexpected) {
            throw new AssertionError(unexpected);
        }
        for (Member member : found) {
            members.add(member);
            if (!unpackers.isEmpty() && member.facts().depth() < DEPTH_MAX) {
                look(member.octets(), member.facts(), member.path());
            }
        }
        return true;
    }

    private final class Sink implements Members {
        private final Content content;
        private final FileFacts facts;
        private final Unpacker unpacker;
        private final String path;
        private final List<Member> found;
        private final Map<String, Integer> seen;
        private boolean open;

        Sink(
                Content content,
                FileFacts facts,
                Unpacker unpacker,
                String path,
                List<Member> found,
                Map<String, Integer> seen) {
            this.content = content;
            this.facts = facts;
            this.unpacker = unpacker;
            this.path = path;
            this.found = found;
            this.seen = seen;
        }

        @Override
        public OutputStream begin(@Nullable String name) throws IOException {
            if (open) {
                throw new AssertionError("two members are open");
            }
            if (members.size() + found.size() >= MEMBERS_MAX) {
                throw new LimitException(Reason.TOO_MANY);
            }
            open = true;
            return new ByteArrayOutputStream() {
                @Override
                public synchronized void write(int octet) {
                    super.write(octet);
                    octetsLeft--;
                }

                @Override
                public synchronized void write(byte[] octets, int from, int length) {
                    super.write(octets, from, length);
                    octetsLeft -= length;
                }

                @Override
                public void close() throws IOException {
                    open = false;
                    add(name, toByteArray());
                    if (octetsLeft < 0) {
                        throw new LimitException(Reason.TOO_LARGE);
                    }
                }
            };
        }

        private void add(@Nullable String name, byte[] octets) {
            List<String> containers = new ArrayList<>(facts.containers());
            List<String> formats = new ArrayList<>(facts.formats());
            containers.add(facts.name() == null ? unpacker.format() : facts.name());
            formats.add(unpacker.format());
            seen.merge(String.valueOf(name), 1, Integer::sum);
            found.add(new Member(
                    path + "!" + name, String.valueOf(name), octets, facts(octets, name, containers, formats)));
        }

        @Override
        public void stored(@Nullable String name, long offset, long length) throws IOException {
            if (open) {
                throw new AssertionError("a member is open");
            }
            try (OutputStream out = begin(name)) {
                out.write(content.bytes(offset, (int) Math.min(length, Integer.MAX_VALUE)));
            }
        }

        @Override
        public void uninspectable(@Nullable String name, Reason reason) {
            problems.add(path + "!" + name + ": " + reason);
        }

        @Override
        public void checkTime() throws LimitException {
            if (facts.isLate()) {
                throw new LimitException(Reason.TOO_LONG);
            }
        }
    }
}

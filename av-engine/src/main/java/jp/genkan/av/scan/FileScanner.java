package jp.genkan.av.scan;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import jp.genkan.av.content.Content;
import jp.genkan.av.password.Passwords;
import jp.genkan.av.scan.ScanResult.Blind;
import jp.genkan.av.scan.ScanResult.Finding;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.protocols.file.MagicType;
import jp.genkan.protocols.mime.Charsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a file: at its octets by every set of signatures, then at its members in the same way, member by member, so that memory holds one
 * open member a level. What is bad is told, never thrown; what an unpacker did not expect counts as broken.
 *
 * <p>Thread rule: one thread; has to be closed.
 */
public final class FileScanner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileScanner.class);

    /** Formats that are mails. */
    private static final Set<String> MAILS = Set.of("mail", "msg");

    private static final String MAIL = "mail";

    private final ScanSet signatures;
    private final List<SignatureMatcher> matchers = new ArrayList<>();
    private final List<SignatureMatcher> allowed = new ArrayList<>();
    private final List<Detection> found = new ArrayList<>();
    private final List<Unpacker> unpackers;
    private final ScanLimits limits;
    private final MemberMemory memory;
    private final LongSupplier clock;
    private final KnownFiles known;

    private final List<Finding> findings = new ArrayList<>();
    private final Set<Finding> told = new HashSet<>();
    private final List<Blind> blind = new ArrayList<>();
    private long octets;
    private long unpacked;
    private long outerSize;
    private int members;
    private int locked;
    private boolean everything;
    private boolean wasKnown;

    /**
     * For any number of files.
     *
     * @param signatures all that are looked for
     * @param unpackers in the order in which they are asked
     */
    public FileScanner(ScanSet signatures, List<Unpacker> unpackers, ScanLimits limits) {
        this(signatures, unpackers, limits, System::nanoTime);
    }

    /** With a clock of nanoseconds by which its time ends. */
    FileScanner(ScanSet signatures, List<Unpacker> unpackers, ScanLimits limits, LongSupplier clock) {
        this.signatures = signatures;
        this.clock = clock;
        known = new KnownFiles(signatures.results());
        for (Signatures set : signatures.signatures()) {
            matchers.add(set.matcher());
        }
        for (Signatures set : signatures.allowed()) {
            allowed.add(set.matcher());
        }
        this.unpackers = List.copyOf(unpackers);
        this.limits = limits;
        memory = new MemberMemory(limits.depth());
    }

    /** Goes on after the first infection and finds the others too: for comparisons and for the curious. */
    public void findEverything(boolean wanted) {
        everything = wanted;
    }

    /** True when the last result was known from an earlier scan by whatever scanner of the same set. */
    public boolean wasKnown() {
        return wasKnown;
    }

    /**
     * Looks at a file, unless the result is known.
     *
     * @param file all of its octets, in native memory
     * @param name as its transfer gives it
     * @param outer names of what it came in (the mail of an attachment), outermost first; mostly empty
     * @param formats of those, as many
     * @param passwords to try on what is encrypted
     */
    public ScanResult scan(
            Content file, @Nullable String name, List<String> outer, List<String> formats, List<String> passwords) {
        return scan(file, name, outer, formats, passwords, null);
    }

    /**
     * The same for a file that was hashed already.
     *
     * @param sha256 of its octets; null when it was not
     */
    public ScanResult scan(
            Content file,
            @Nullable String name,
            List<String> outer,
            List<String> formats,
            List<String> passwords,
            byte @Nullable [] sha256) {
        KnownFiles.Question question =
                new KnownFiles.Question(file, name, outer, formats, passwords, everything, sha256);
        ScanResult before = known.find(question, limits);
        wasKnown = before != null;
        if (before != null) {
            return before;
        }
        long begun = clock.getAsLong();
        ScanResult result = scan(question, begun);
        known.learn(question, result, limits, clock.getAsLong() - begun);
        return result;
    }

    /**
     * The result that is known from an earlier scan; costs next to nothing.
     *
     * @param sha256 of the file's octets
     * @return null when it is not known
     */
    public @Nullable ScanResult recall(
            Content file,
            @Nullable String name,
            List<String> outer,
            List<String> formats,
            List<String> passwords,
            byte[] sha256) {
        return known.find(new KnownFiles.Question(file, name, outer, formats, passwords, everything, sha256), limits);
    }

    private ScanResult scan(KnownFiles.Question asked, long begun) {
        findings.clear();
        told.clear();
        blind.clear();
        octets = 0;
        unpacked = 0;
        members = 0;
        locked = 0;
        Content file = asked.file();
        outerSize = Math.max(1, file.size());
        FileFacts facts = new FileFacts(
                asked.name(),
                type(file),
                asked.outer(),
                asked.formats(),
                asked.passwords(),
                begun + limits.time().toNanos(),
                clock);
        try {
            look(file, facts, asked.outer().size());
        } catch (LimitException over) {
            addBlind(over.reason(), List.of(), null);
        } catch (Stopped done) {
            // enough was found
        }
        return new ScanResult(findings, blind, octets);
    }

    private boolean isDone() {
        return !everything && infected();
    }

    private boolean infected() {
        for (Finding finding : findings) {
            if (finding.detection().kind() == Detection.Kind.SIGNATURE) {
                return true;
            }
        }
        return false;
    }

    private static String type(Content content) {
        byte[] head = content.head();
        return MagicType.of(head, 0, head.length).mediaType();
    }

    /** Looks at octets of any level; {@code outer} is how many of the containers are not ours. */
    private void look(Content content, FileFacts facts, int outer) throws LimitException, Stopped {
        octets += content.size();
        List<String> path = path(facts, outer);
        for (SignatureMatcher matcher : matchers) {
            found.clear();
            matcher.match(content, facts, found::add);
            if (!found.isEmpty() && !isAllowed(content, facts)) {
                found.forEach(detection -> add(detection, path));
            }
            if (isDone()) {
                throw new Stopped();
            }
            checkTime(facts);
        }
        for (Unpacker unpacker : unpackers) {
            if (recognises(unpacker, content, facts)) {
                if (facts.depth() - outer >= limits.depth()) {
                    addBlind(Members.Reason.TOO_DEEP, path, null);
                    return;
                }
                unpack(unpacker, content, facts, outer, path);
            }
        }
    }

    private boolean isAllowed(Content content, FileFacts facts) {
        boolean[] known = {false};
        for (SignatureMatcher matcher : allowed) {
            matcher.match(content, facts, detection -> known[0] = true);
        }
        return known[0];
    }

    private static List<String> path(FileFacts facts, int outer) {
        if (facts.depth() == outer) {
            return List.of();
        }
        // the file itself is the outermost of our containers, and is not named in its own path
        List<String> path = new ArrayList<>(facts.containers().subList(outer + 1, facts.depth()));
        path.add(facts.name() == null ? "" : facts.name());
        return path;
    }

    private static boolean recognises(Unpacker unpacker, Content content, FileFacts facts) {
        try {
            return unpacker.recognises(content, facts);
        } catch (RuntimeException unexpected) {
            LOG.warn("recognising {} failed", unpacker.format(), unexpected);
            return false;
        }
    }

    private void unpack(Unpacker unpacker, Content content, FileFacts facts, int outer, List<String> path)
            throws LimitException, Stopped {
        OpenContainer container = new OpenContainer(unpacker.format(), content, facts, outer, path);
        int blindBefore = blind.size();
        unpack(unpacker, content, facts, container);
        if (container.learnedLate) {
            // the password stood behind the archive: from the beginning with all of them
            blind.subList(blindBefore, blind.size()).clear();
            OpenContainer again = new OpenContainer(unpacker.format(), content, facts, outer, path);
            again.passwords.clear();
            again.passwords.addAll(container.passwords);
            unpack(unpacker, content, facts, again);
        }
    }

    private void unpack(Unpacker unpacker, Content content, FileFacts facts, OpenContainer container)
            throws LimitException, Stopped {
        List<String> path = container.path;
        try {
            try {
                unpacker.unpack(content, facts, container);
            } finally {
                container.finish();
            }
        } catch (LimitException over) {
            if (over.reason() == Members.Reason.TOO_LONG) {
                throw over;
            }
            addBlind(over.reason(), path, unpacker.format());
        } catch (Stopped done) {
            throw done;
        } catch (UnpackException broken) {
            addBlind(broken.reason(), path, unpacker.format() + ": " + broken.getMessage());
        } catch (IOException broken) {
            addBlind(Members.Reason.BROKEN, path, unpacker.format() + ": " + broken.getMessage());
        } catch (RuntimeException unexpected) {
            LOG.warn("unpacking {} failed", unpacker.format(), unexpected);
            addBlind(Members.Reason.BROKEN, path, unpacker.format());
        }
    }

    private void add(Detection detection, List<String> path) {
        Finding finding = new Finding(detection, path);
        if (!signatures.ignores(detection.signature()) && told.add(finding)) {
            findings.add(finding);
        }
    }

    private void addBlind(Members.Reason reason, List<String> path, @Nullable String detail) {
        locked += reason == Members.Reason.ENCRYPTED ? 1 : 0;
        if (blind.size() < ScanResult.BLIND_MAX) {
            blind.add(new Blind(reason, path, detail));
        }
    }

    private static void checkTime(FileFacts facts) throws LimitException {
        if (facts.isLate()) {
            throw new LimitException(Members.Reason.TOO_LONG);
        }
    }

    @Override
    public void close() {
        matchers.forEach(SignatureMatcher::close);
        allowed.forEach(SignatureMatcher::close);
        memory.close();
    }

    /** Unwinds when a virus was found and nothing more has to be known. */
    private static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("found");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** One container that is being taken apart. */
    private final class OpenContainer implements Members {
        private final Content content;
        private final FileFacts facts;
        private final int outer;
        private final List<String> path;
        private final List<String> containers;
        private final List<String> formats;
        private final List<String> passwords = new ArrayList<>();
        private final int lockedBefore = locked;
        private boolean learnedLate;
        private @Nullable OpenMember open;

        OpenContainer(String format, Content content, FileFacts facts, int outer, List<String> path) {
            this.content = content;
            this.facts = facts;
            this.outer = outer;
            this.path = path;
            String name = facts.name();
            containers = new ArrayList<>(facts.containers());
            containers.add(name == null || name.isEmpty() ? format : name);
            formats = new ArrayList<>(facts.formats());
            formats.add(format);
            passwords.addAll(facts.passwords());
            if (format.equals(MAIL)) {
                learn(MailSubject.of(content));
            }
        }

        @Override
        public OutputStream begin(@Nullable String name) throws IOException {
            count();
            finish();
            OpenMember member = new OpenMember(this, name);
            open = member;
            return member;
        }

        private void count() throws IOException {
            checkTime();
            if (members >= limits.members()) {
                throw new LimitException(Reason.TOO_MANY);
            }
            members++;
        }

        @Override
        public void stored(@Nullable String name, long offset, long length) throws IOException {
            count();
            finish();
            if (offset < 0 || offset >= content.size() || length <= 0) {
                return;
            }
            long there = Math.min(length, content.size() - offset);
            if (there == content.size() && containers.size() - outer > limits.depth()) {
                throw new LimitException(Reason.TOO_DEEP);
            }
            unpacked += there;
            if (unpacked > limits.totalOctets()) {
                throw new LimitException(Reason.TOO_LARGE);
            }
            lookAt(content.slice(offset, there), name);
        }

        private void lookAt(Content member, @Nullable String name) throws IOException {
            String type = type(member);
            if (MAILS.contains(formats.getLast())
                    && type.startsWith("text/")
                    && member.size() <= Passwords.OCTETS_MAX) {
                learn(Charsets.decode(member.bytes(0, Passwords.OCTETS_MAX), ""));
            }
            look(member, new FileFacts(name, type, containers, formats, passwords, facts.deadline(), clock), outer);
        }

        /** The text of a mail often has the password of the archive behind it, and sometimes of one before it. */
        private void learn(String text) {
            for (String password : Passwords.find(text)) {
                if (passwords.size() < Passwords.CANDIDATES_MAX && !passwords.contains(password)) {
                    passwords.add(password);
                    learnedLate |= locked > lockedBefore;
                }
            }
        }

        @Override
        public void uninspectable(@Nullable String name, Reason reason) {
            List<String> place = new ArrayList<>(path);
            place.add(name == null ? "" : name);
            addBlind(reason, place, null);
        }

        @Override
        public void checkTime() throws LimitException {
            FileScanner.checkTime(facts);
        }

        /** Looks at a member that was not closed, as its unpacker failed in it: as far as it came. */
        void finish() throws IOException {
            OpenMember member = open;
            open = null;
            if (member != null) {
                member.close();
            }
        }
    }

    /** A member that is being written. */
    private final class OpenMember extends OutputStream {
        private final OpenContainer container;
        private final @Nullable String name;
        private final MemberMemory.Lease lease;
        private boolean closed;
        private long sinceCheck;

        OpenMember(OpenContainer container, @Nullable String name) {
            this.container = container;
            this.name = name;
            lease = memory.lease();
        }

        @Override
        public void write(int octet) throws IOException {
            room(1);
            lease.write((byte) octet);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            room(length);
            lease.write(from, offset, length);
        }

        private void room(int more) throws IOException {
            if (closed) {
                throw new IOException("the member is closed");
            }
            unpacked += more;
            if (lease.size() + more > limits.memberOctets() || unpacked > limits.totalOctets()) {
                throw new LimitException(Members.Reason.TOO_LARGE);
            }
            if (unpacked > ScanLimits.RATIO_FROM && unpacked / limits.ratio() > outerSize) {
                throw new LimitException(Members.Reason.BOMB);
            }
            sinceCheck += more;
            if (sinceCheck > 1 << 20) {
                sinceCheck = 0;
                container.checkTime();
            }
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try {
                if (lease.size() > 0) {
                    container.checkTime(); // what is not looked at is told
                    container.lookAt(new Content(lease.octets()), name);
                }
            } finally {
                memory.giveBack(lease);
                if (container.open == this) {
                    container.open = null;
                }
            }
        }
    }
}

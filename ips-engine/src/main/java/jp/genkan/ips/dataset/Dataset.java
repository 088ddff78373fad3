package jp.genkan.ips.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One set. Members are octets of its type; of each there may be a thing that is known: JSON text that goes into events, or a reputation.
 *
 * <p>Thread rule: shared by all workers. Looking up allocates nothing.
 */
public final class Dataset {
    /** Longest name that is looked up label by label, and most of its octets: a name of DNS (RFC 1035 §3.1) with the dot before it. */
    private static final int NAME_OCTETS_MAX = 256;

    private final String name;
    private final MemberType type;
    private final MemberTable members;

    Dataset(String name, MemberType type, long octetsMax) {
        this.name = name;
        this.type = type;
        this.members = new MemberTable(octetsMax);
    }

    public String name() {
        return name;
    }

    public MemberType type() {
        return type;
    }

    /** True when there is such a member. */
    public boolean contains(byte[] octets, int from, int to) {
        return type.fits(to - from) && members.find(octets, from, to) != null;
    }

    /** What is known of a member; null when it is none, or nothing is known. */
    public @Nullable Object thing(byte[] octets, int from, int to) {
        MemberTable.Member member = type.fits(to - from) ? members.find(octets, from, to) : null;
        return member == null ? null : member.thing();
    }

    /**
     * From where on a name is a member: {@code .a.example.com} is looked up whole, then as {@code .example.com}, then as {@code .com}. Only the last 256 octets are looked at, so that a long buffer
     * of dots costs no more than a name.
     *
     * @return -1 when no part of it is one
     */
    public int findSubdomain(byte[] octets, int from, int to) {
        if (contains(octets, from, to)) {
            return from;
        }
        for (int at = Math.max(from, to - NAME_OCTETS_MAX); at < to; at++) {
            if (octets[at] == '.' && at > from && contains(octets, at, to)) {
                return at;
            }
        }
        return -1;
    }

    /** Adds a member; false when it was there, does not fit the type, or there is no room. */
    public boolean add(byte[] octets, int from, int to) {
        return type.fits(to - from) && members.add(octets, from, to, null) == MemberTable.Added.NEW;
    }

    /** Takes a member away; false when it was not there. */
    public boolean remove(byte[] octets, int from, int to) {
        return type.fits(to - from) && members.remove(octets, from, to);
    }

    /** Adds a member from a file; false when there is no room. */
    boolean load(byte[] octets, @Nullable Object thing) {
        return members.add(octets, 0, octets.length, thing) != MemberTable.Added.REFUSED;
    }

    /** How many members there are. */
    public long size() {
        return members.size();
    }

    /** How many members found no room. */
    public long refused() {
        return members.refused();
    }

    /** All members as lines of a file, sorted. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        members.forEach(member -> lines.add(type.write(member.octets())));
        Collections.sort(lines);
        return lines;
    }
}

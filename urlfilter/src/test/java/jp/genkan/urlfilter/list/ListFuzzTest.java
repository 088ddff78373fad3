package jp.genkan.urlfilter.list;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** One target for each format: whatever a file holds, it is read or refused. */
class ListFuzzTest {
    private static void read(ListFormat format, byte[] octets) {
        try {
            RecordedRows.of(format, "list", octets);
        } catch (IOException refused) {
            // a typed refusal
        }
    }

    @FuzzTest
    void hosts(byte[] octets) {
        read(ListFormat.HOSTS, octets);
    }

    @FuzzTest
    void domains(byte[] octets) {
        read(ListFormat.DOMAINS, octets);
    }

    @FuzzTest
    void adblock(byte[] octets) {
        read(ListFormat.ADBLOCK, octets);
    }

    @FuzzTest
    void urls(byte[] octets) {
        read(ListFormat.URLS, octets);
    }

    @FuzzTest
    void csv(byte[] octets) {
        read(ListFormat.CSV, octets);
    }

    @FuzzTest
    void ut1(byte[] octets) {
        read(ListFormat.UT1, octets);
    }

    @FuzzTest
    void zones(byte[] octets) {
        read(ListFormat.RPZ, octets);
    }

    @FuzzTest
    void addresses(byte[] octets) {
        read(ListFormat.ADDRESSES, octets);
    }

    @FuzzTest
    void whateverItLooksLike(byte[] octets) {
        read(ListFormat.AUTO, octets);
    }

    @FuzzTest
    void archives(byte[] octets) {
        byte[] archive = ListFileTest.tar("a/domains", "bad.example\n");
        System.arraycopy(octets, 0, archive, 0, Math.min(octets.length, archive.length));
        read(ListFormat.AUTO, archive);
    }
}

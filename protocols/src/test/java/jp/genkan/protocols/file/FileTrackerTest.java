package jp.genkan.protocols.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import org.junit.jupiter.api.Test;

class FileTrackerTest {
    private final HashingPool pool = new HashingPool(HashChoice.ALL);

    static TransferredFile file() {
        Transaction transaction = new Transaction(AppProtocol.SMB, 0) {
            @Override
            public void writeTo(EveFields out) {}
        };
        return new TransferredFile(transaction, Direction.TO_CLIENT, 1, "name");
    }

    private static String hash(String algorithm, byte[] octets) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(octets));
    }

    @Test
    void hashesWhatCameHoweverItWasCut() throws NoSuchAlgorithmException {
        Random random = new Random(7);
        byte[] octets = new byte[50_000];
        random.nextBytes(octets);
        for (int round = 0; round < 20; round++) {
            TransferredFile file = file();
            FileTracker tracker = new FileTracker(file, pool);
            int at = 0;
            while (at < octets.length) {
                int to = Math.min(octets.length, at + random.nextInt(round < 10 ? 20 : 20_000));
                tracker.onOctets(octets, at, to);
                at = to;
            }
            tracker.close(FileState.CLOSED);
            assertThat(file.state()).isEqualTo(FileState.CLOSED);
            assertThat(file.size()).isEqualTo(octets.length);
            assertThat(file.md5()).isEqualTo(hash("MD5", octets));
            assertThat(file.sha1()).isEqualTo(hash("SHA-1", octets));
            assertThat(file.sha256()).isEqualTo(hash("SHA-256", octets));
        }
        assertThat(pool.kept()).isEqualTo(1);
    }

    @Test
    void makesNoHashOfAFileWithAGap() {
        TransferredFile file = file();
        FileTracker tracker = new FileTracker(file, pool);
        tracker.onOctets("%PDF-1.4".getBytes(StandardCharsets.ISO_8859_1), 0, 8);
        tracker.onGap(100);
        assertThat(pool.kept()).isEqualTo(1);
        tracker.onOctets(new byte[10], 0, 10);
        tracker.close(FileState.CLOSED);
        assertThat(file.state()).isEqualTo(FileState.TRUNCATED);
        assertThat(file.hasGaps()).isTrue();
        assertThat(file.size()).isEqualTo(118);
        assertThat(file.md5()).isNull();
        assertThat(file.type()).isEqualTo("application/pdf");
    }

    @Test
    void makesNoHashOfATruncatedFileAndNoneOfThatInTheNext() throws NoSuchAlgorithmException {
        TransferredFile file = file();
        FileTracker first = new FileTracker(file, pool);
        first.onOctets(new byte[100], 0, 100);
        first.close(FileState.TRUNCATED);
        assertThat(file.sha256()).isNull();
        TransferredFile next = file();
        FileTracker second = new FileTracker(next, pool);
        second.close(FileState.CLOSED);
        assertThat(next.sha256()).isEqualTo(hash("SHA-256", new byte[0]));
        assertThat(next.type()).isEqualTo("application/x-empty");
    }

    @Test
    void makesOnlyTheHashesThatAreChosen() {
        TransferredFile file = file();
        FileTracker tracker = new FileTracker(file, new HashingPool(new HashChoice(false, true, false)));
        tracker.onOctets(new byte[1], 0, 1);
        tracker.close(FileState.CLOSED);
        assertThat(file.md5()).isNull();
        assertThat(file.sha1()).hasSize(40);
        assertThat(file.sha256()).isNull();
        assertThat(new HashingPool(HashChoice.NONE).take(file())).isNull();
    }

    private TransferredFile hashed(HashingPool with, byte[] octets, int piece, long announced) {
        TransferredFile file = file();
        file.announcedSize(announced);
        FileTracker tracker = new FileTracker(file, with);
        for (int at = 0; at < octets.length; at += piece) {
            tracker.onOctets(octets, at, Math.min(octets.length, at + piece));
        }
        tracker.close(FileState.CLOSED);
        return file;
    }

    /** Small files and such that outgrow what is kept, announced and not, the first time and when their hashes are known. */
    @Test
    void makesTheSameHashesHoweverAFileComes() throws NoSuchAlgorithmException {
        RandomGenerator random = new SplittableRandom(7);
        for (int length :
                new int[] {0, 1, 1_000, HashingPool.ROOM - 1, HashingPool.ROOM, HashingPool.ROOM + 1, 300_000}) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            for (int round = 0; round < 3; round++) {
                TransferredFile file = hashed(pool, octets, 1 + random.nextInt(70_000), round == 0 ? -1 : length);
                assertThat(file.md5()).as("%d octets", length).isEqualTo(hash("MD5", octets));
                assertThat(file.sha1()).as("%d octets", length).isEqualTo(hash("SHA-1", octets));
                assertThat(file.sha256()).as("%d octets", length).isEqualTo(hash("SHA-256", octets));
            }
        }
    }

    @Test
    void makesASha1OnlyWhereSomebodyAsksAlsoOfAFileThatWasHashedWithout() throws NoSuchAlgorithmException {
        AtomicBoolean asked = new AtomicBoolean();
        HashingPool lazy = new HashingPool(new HashChoice(true, false, true), asked::get);
        byte[] octets = "again and again".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(hashed(lazy, octets, 4, -1).sha1()).isNull();
        asked.set(true);
        TransferredFile file = hashed(lazy, octets, 4, -1);
        assertThat(file.sha1()).isEqualTo(hash("SHA-1", octets));
        assertThat(file.md5()).isEqualTo(hash("MD5", octets));
        asked.set(false);
        assertThat(hashed(lazy, octets, 4, -1).sha1()).isNull();
    }

    @Test
    void makesHashesOfMoreFilesAtATimeThanAreKept() throws NoSuchAlgorithmException {
        List<TransferredFile> files = new ArrayList<>();
        List<FileTracker> trackers = new ArrayList<>();
        for (int i = 0; i < HashingPool.ROOMS_MAX + 8; i++) {
            files.add(file());
            trackers.add(new FileTracker(files.get(i), pool));
            trackers.get(i).onOctets(new byte[] {(byte) i}, 0, 1);
        }
        for (int i = 0; i < trackers.size(); i++) {
            trackers.get(i).onOctets(new byte[] {1, 2}, 0, 2);
            trackers.get(i).close(FileState.CLOSED);
            assertThat(files.get(i).md5()).isEqualTo(hash("MD5", new byte[] {(byte) i, 1, 2}));
        }
    }

    @Test
    void namesTheTypeAsSoonAsItIsSeen() {
        TransferredFile file = file();
        FileTracker tracker = new FileTracker(file, pool);
        byte[] octets = "GIF89a, and more".getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < octets.length; at++) {
            tracker.onOctets(octets, at, at + 1);
        }
        assertThat(tracker.type()).isEqualTo(MagicType.GIF);
        assertThat(file.type()).isEqualTo("image/gif");
    }

    @Test
    void knowsAnIsoImageByItsVolumeDescriptorHoweverItWasCut() {
        byte[] octets = new byte[0x9000];
        octets[0x8000] = 1;
        System.arraycopy("CD001".getBytes(StandardCharsets.ISO_8859_1), 0, octets, 0x8001, 5);
        for (int piece : new int[] {1, 7, 4096, 0x8003, 0x9000}) {
            TransferredFile file = file();
            FileTracker tracker = new FileTracker(file, pool);
            for (int at = 0; at < octets.length; at += piece) {
                tracker.onOctets(octets, at, Math.min(octets.length, at + piece));
            }
            tracker.close(FileState.CLOSED);
            assertThat(file.type()).as("pieces of %d", piece).isEqualTo("application/x-iso9660-image");
        }
        octets[0x8003] = 'x';
        FileTracker tracker = new FileTracker(file(), pool);
        tracker.onOctets(octets, 0, octets.length);
        assertThat(tracker.type()).isEqualTo(MagicType.UNKNOWN);
    }
}

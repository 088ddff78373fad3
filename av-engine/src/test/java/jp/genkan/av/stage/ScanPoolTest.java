package jp.genkan.av.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jp.genkan.av.content.Content;
import jp.genkan.av.eicar.Eicar;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.scan.Detections;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.scan.ScanLimits;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.av.scan.ScanSet;
import jp.genkan.av.scan.SignatureMatcher;
import jp.genkan.av.scan.Signatures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScanPoolTest {
    private final Arena arena = Arena.ofShared();
    private final SignatureBase base = new SignatureBase();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void load() {
        base.replace(new ScanSet(List.of(new Waiting())));
    }

    @AfterEach
    void close() {
        goOn.countDown();
        arena.close();
    }

    /** Finds something in every file, once it may; a file named so has a fault. */
    private final class Waiting implements Signatures, SignatureMatcher {
        @Override
        public SignatureMatcher matcher() {
            return this;
        }

        @Override
        public int count() {
            return 1;
        }

        @Override
        public void match(Content content, FileFacts facts, Detections detections) {
            begun.countDown();
            try {
                assertThat(goOn.await(50, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            if ("fault".equals(facts.name())) {
                throw new IllegalStateException("made by the test");
            }
            detections.add(new Detection("Waiting", Detection.Kind.SIGNATURE));
        }

        @Override
        public void close() {}
    }

    private ScanPool.@Nullable Job submit(ScanPool pool, String name) {
        return pool.submit(new Content(arena.allocate(10)), name, List.of(), List.of(), null);
    }

    private static ScanResult await(ScanPool.@Nullable Job job) throws InterruptedException {
        ScanPool.Job taken = Objects.requireNonNull(job, "the pool has taken it");
        ScanResult result = taken.result();
        while (result == null) {
            Thread.sleep(5);
            result = taken.result();
        }
        return result;
    }

    @Test
    void takesNoMoreThanItsQueueAndLosesNoneOfThose() throws InterruptedException {
        try (ScanPool pool = new ScanPool(base, ScanLimits.DEFAULT, 1)) {
            List<ScanPool.@Nullable Job> taken = new ArrayList<>();
            taken.add(submit(pool, "first"));
            assertThat(begun.await(50, TimeUnit.SECONDS)).isTrue(); // and is out of the queue
            for (int i = 0; i < ScanPool.QUEUE_MAX; i++) {
                taken.add(submit(pool, "file" + i));
            }
            assertThat(taken).doesNotContainNull();
            assertThat(submit(pool, "too many")).isNull();
            goOn.countDown();
            for (ScanPool.@Nullable Job job : taken) {
                assertThat(await(job).infection()).isNotNull();
            }
            assertThat(submit(pool, "there is room again")).isNotNull();
        }
    }

    @Test
    void aFaultIsTheEndOfOneFileOnly() throws InterruptedException {
        goOn.countDown();
        try (ScanPool pool = new ScanPool(base, ScanLimits.DEFAULT, 1)) {
            assertThat(await(submit(pool, "fault"))).isEqualTo(ScanResult.FAULT);
            assertThat(await(submit(pool, "next")).infection()).isNotNull();
        }
    }

    @Test
    void theNextFileIsHeldAgainstTheSignaturesInForce() throws InterruptedException {
        goOn.countDown();
        try (ScanPool pool = new ScanPool(base, ScanLimits.DEFAULT, 1)) {
            assertThat(await(submit(pool, "a")).infection()).isNotNull();
            base.replace(new ScanSet(List.of(new Eicar())));
            assertThat(await(submit(pool, "a")).infection()).isNull();
        }
    }
}

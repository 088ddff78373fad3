package jp.genkan.appliance.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.genkan.core.event.EveFields;
import org.junit.jupiter.api.Test;

class ShapedFieldsTest {
    private final List<String> written = new ArrayList<>();

    /** Notes what is written. */
    private final class Noted implements EveFields {
        private EveFields note(String text) {
            written.add(text);
            return this;
        }

        @Override
        public EveFields put(String name, String value) {
            return note(name + "=" + value);
        }

        @Override
        public EveFields put(String name, long value) {
            return note(name + "=" + value);
        }

        @Override
        public EveFields put(String name, double value) {
            return note(name + "=" + value);
        }

        @Override
        public EveFields put(String name, boolean value) {
            return note(name + "=" + value);
        }

        @Override
        public EveFields putTime(String name, long epochNanos) {
            return note(name + "=" + epochNanos);
        }

        @Override
        public EveFields object(String name) {
            return note(name + "{");
        }

        @Override
        public EveFields object() {
            return note("{");
        }

        @Override
        public EveFields array(String name) {
            return note(name + "[");
        }

        @Override
        public EveFields add(String value) {
            return note(value);
        }

        @Override
        public EveFields add(long value) {
            return note(Long.toString(value));
        }

        @Override
        public EveFields end() {
            return note("end");
        }
    }

    private EveFields keeping(String... names) {
        return new ShapedFields(new Noted(), "tls", Set.of(names)::contains, out -> out.put("more", 1));
    }

    @Test
    void keepsTheFieldsThatAreWantedAndAddsOthersAtTheEnd() {
        keeping("subject")
                .put("tx_id", 0)
                .object("tls")
                .put("subject", "a")
                .put("serial", "b")
                .end()
                .put("after", true);
        assertThat(written).containsExactly("tx_id=0", "tls{", "subject=a", "more=1", "end", "after=true");
    }

    @Test
    void leavesOutWhatStandsBelowAFieldThatIsNotWanted() {
        keeping("ja3")
                .object("tls")
                .object("client")
                .put("ja3", "x")
                .array("exts")
                .add(1)
                .object()
                .end()
                .end()
                .end()
                .object("ja3")
                .put("hash", "h")
                .end()
                .end();
        assertThat(written).containsExactly("tls{", "ja3{", "hash=h", "end", "more=1", "end");
    }

    @Test
    void leavesOtherObjectsAlone() {
        keeping()
                .object("http")
                .put("url", "/")
                .object("tls")
                .put("serial", "1")
                .end()
                .end();
        assertThat(written).containsExactly("http{", "url=/", "tls{", "serial=1", "end", "end");
    }
}

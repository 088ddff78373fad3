package jp.genkan.core.eventlog;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;
import org.jspecify.annotations.Nullable;

/** An event with a number and a text. */
record SampleEvent(long number, String text) implements Event {
    static final long START = 1_795_478_400_000_000_000L;

    SampleEvent(long number) {
        this(number, "x");
    }

    @Override
    public String type() {
        return "sample";
    }

    @Override
    public long epochNanos() {
        return START + number;
    }

    @Override
    public @Nullable FlowIdentity identity() {
        return null;
    }

    @Override
    public void writeTo(EveFields out) {
        out.put("number", number).put("text", text);
    }
}

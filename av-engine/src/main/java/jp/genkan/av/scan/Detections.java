package jp.genkan.av.scan;

/** Takes what matchers find. One octet sequence may have many detections; matchers tell each once. */
@FunctionalInterface
public interface Detections {
    void add(Detection detection);
}

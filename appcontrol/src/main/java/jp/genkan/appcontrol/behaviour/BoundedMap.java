package jp.genkan.appcontrol.behaviour;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of fixed size: when it is full, what was not asked for the longest goes.
 *
 * <p>Thread rule: its owner's.
 */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;
    private static final float LOAD = 0.75f;

    private final int max;

    BoundedMap(int max) {
        super(16, LOAD, true);
        this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > max;
    }
}

package jp.genkan.core.event;

import org.jspecify.annotations.Nullable;

/**
 * Which of EVE's common fields are written beside those that always are. Immutable.
 *
 * @param ethernet {@code ether}: the MAC addresses
 * @param captureName {@code pcap_filename}; null for none
 * @param communityIdSeed of {@code community_id}, 0 to 65,535; {@link #NO_COMMUNITY_ID} when it is not written
 */
public record CommonFields(boolean ethernet, @Nullable String captureName, int communityIdSeed) {
    /** No {@code community_id}. */
    public static final int NO_COMMUNITY_ID = -1;

    /** As the box writes events. */
    public static final CommonFields DEFAULT = new CommonFields(true, null, NO_COMMUNITY_ID);

    public CommonFields {
        if (communityIdSeed < NO_COMMUNITY_ID || communityIdSeed > 0xffff) {
            throw new IllegalArgumentException("seed " + communityIdSeed + " is not 0 to 65,535");
        }
    }
}

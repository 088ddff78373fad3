package jp.genkan.appcontrol.behaviour;

/**
 * A behaviour that was seen.
 *
 * @param behaviour what
 * @param confidence how sure, 1 to 100
 * @param about what it was seen by: a domain, a place, a number of peers
 */
public record Sighting(Behaviour behaviour, int confidence, String about) {
    public Sighting {
        if (confidence < 1 || confidence > 100) {
            throw new IllegalArgumentException("confidence is 1 to 100, not " + confidence);
        }
    }
}

/**
 * Address and network lists that judge a flow by who is at its ends: {@link jp.genkan.access.reputation.ReputationStage} asks, the
 * lists live in {@link jp.genkan.access.reputation.ReputationLists} and are swapped while traffic flows.
 *
 * <p>Thread rule: a stage belongs to one worker; {@code ReputationLists} is shared, read by all workers and written by one control-plane
 * thread at a time; a {@code ReputationSet} is immutable.
 */
@NullMarked
package jp.genkan.access.reputation;

import org.jspecify.annotations.NullMarked;

/**
 * Reads the conversations of flows: finds out by the first octets which protocol is spoken, has its parser read the rest, and tells the stages what it
 * says.
 *
 * <p>Main type: {@link jp.genkan.dataplane.application.ApplicationLayer}.
 *
 * <p>Thread rule: one worker; counters may be read by any thread.
 */
@NullMarked
package jp.genkan.dataplane.application;

import org.jspecify.annotations.NullMarked;

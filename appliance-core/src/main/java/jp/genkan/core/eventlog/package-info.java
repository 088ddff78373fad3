/**
 * Events on disk and to those who follow them: {@link jp.genkan.core.eventlog.EventLog} for the running appliance, {@link
 * jp.genkan.core.eventlog.EveFile} for a replay.
 *
 * <p>Thread rule: the log's own thread writes; everything else only reads.
 */
@NullMarked
package jp.genkan.core.eventlog;

import org.jspecify.annotations.NullMarked;

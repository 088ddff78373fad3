/**
 * Judges where machines go, wherever the name shows: {@link jp.genkan.urlfilter.stage.UrlStage} holds requests, hellos, questions and addresses against the lists in
 * force, ends what is blocked so that the person sees why, and tells what is only to be logged once a visit.
 *
 * <p>Thread rule: a stage belongs to one worker; its settings are immutable and shared.
 */
@NullMarked
package jp.genkan.urlfilter.stage;

import org.jspecify.annotations.NullMarked;

/**
 * What honest files do not have, told without a signature of any one virus: names that hide what a file is, macros that run by themselves and fetch something,
 * shortcuts that start interpreters, documents that load their template from elsewhere. Each {@link jp.genkan.av.heuristic.Heuristic} has a name, a grade,
 * and a switch in the {@link jp.genkan.av.heuristic.HeuristicPolicy}.
 *
 * <p>Main type: {@link jp.genkan.av.heuristic.Heuristics}.
 *
 * <p>Thread rule: immutable, any thread; a matcher belongs to its thread.
 */
@NullMarked
package jp.genkan.av.heuristic;

import org.jspecify.annotations.NullMarked;

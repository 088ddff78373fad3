/**
 * What application protocols say, read once for all stages: transactions and the files in them.
 *
 * <p>Main types: {@link jp.genkan.core.observation.Transaction}, {@link jp.genkan.core.observation.TransferredFile}.
 *
 * <p>Thread rule: everything belongs to the worker of its flow until it is complete; from then on it never changes and any thread may read it.
 */
@NullMarked
package jp.genkan.core.observation;

import org.jspecify.annotations.NullMarked;

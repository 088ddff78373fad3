/**
 * Sets of texts, hashes and addresses that rules look things up in and add things to, with what is known of their members.
 *
 * <p>Main type: {@link jp.genkan.ips.dataset.Datasets}.
 *
 * <p>Thread rule: defined by the thread that loads rules; members are looked up, added and taken away by all workers.
 */
@NullMarked
package jp.genkan.ips.dataset;

import org.jspecify.annotations.NullMarked;

/**
 * Who goes where, on this day: {@link jp.genkan.urlfilter.visit.Visits} makes one visit of the hundred connections that a page takes, and counts them for each machine.
 *
 * <p>Thread rule: any thread.
 */
@NullMarked
package jp.genkan.urlfilter.visit;

import org.jspecify.annotations.NullMarked;

/**
 * What rules ask of octets: contents, expressions, numbers, one after another, each from where the last one ended.
 *
 * <p>Main types: {@link jp.genkan.ips.inspect.Step}, {@link jp.genkan.ips.inspect.Inspection}.
 *
 * <p>Thread rule: steps are immutable and shared; an inspection belongs to a worker.
 */
@NullMarked
package jp.genkan.ips.inspect;

import org.jspecify.annotations.NullMarked;

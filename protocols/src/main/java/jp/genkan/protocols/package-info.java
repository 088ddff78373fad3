/**
 * Application protocols: {@link jp.genkan.protocols.Protocols} lists them, each has a package of its own.
 *
 * <p>Thread rule: the list is immutable; parsers belong to the worker of their flow.
 */
@NullMarked
package jp.genkan.protocols;

import org.jspecify.annotations.NullMarked;

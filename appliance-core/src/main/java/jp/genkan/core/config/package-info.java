/**
 * The configuration: declared as {@link jp.genkan.core.config.ConfigKey} constants, gathered in a {@link
 * jp.genkan.core.config.ConfigSchema}, read into an immutable {@link jp.genkan.core.config.Config}. What the schema does not know is
 * refused, with its place and the nearest right key.
 *
 * <p>Thread rule: everything here is immutable once made.
 */
@NullMarked
package jp.genkan.core.config;

import org.jspecify.annotations.NullMarked;

/**
 * What applications are known by: definition files, read line by line by {@link jp.genkan.appcontrol.definition.DefinitionReader}, compiled into an immutable
 * {@link jp.genkan.appcontrol.definition.DefinitionSet}, and swapped as a whole by {@link jp.genkan.appcontrol.definition.DefinitionBase}.
 *
 * <p>Thread rule: sets are immutable; the base is written by one control-plane thread at a time and read by all workers.
 */
@NullMarked
package jp.genkan.appcontrol.definition;

import org.jspecify.annotations.NullMarked;

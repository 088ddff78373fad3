/**
 * Which machine used which application, a day: {@link jp.genkan.appcontrol.usage.UsageBook} adds up, {@link jp.genkan.appcontrol.usage.UsageStore} keeps it across a
 * restart.
 *
 * <p>Thread rule: the book is shared by all workers and locks itself; the store is the housekeeping thread's.
 */
@NullMarked
package jp.genkan.appcontrol.usage;

import org.jspecify.annotations.NullMarked;

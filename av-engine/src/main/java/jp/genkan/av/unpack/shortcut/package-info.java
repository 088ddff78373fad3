/**
 * Shortcuts of Windows ([MS-SHLLINK]): what they start, and what was put behind them.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.shortcut.ShortcutUnpacker}.
 *
 * <p>Thread rule: no state, any thread.
 */
@NullMarked
package jp.genkan.av.unpack.shortcut;

import org.jspecify.annotations.NullMarked;

/**
 * Names flows: {@link jp.genkan.appcontrol.stage.AppStage} looks at the first packets and at what parsers read, and tells at a flow's end.
 *
 * <p>Thread rule: a stage belongs to one worker.
 */
@NullMarked
package jp.genkan.appcontrol.stage;

import org.jspecify.annotations.NullMarked;

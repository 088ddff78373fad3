/**
 * Files on the wire: gathered as they come, looked at before their last octets go on, and stopped when they are infected.
 *
 * <p>Main type: {@link jp.genkan.av.stage.AvStage}.
 *
 * <p>Thread rule: a stage and what it gathers belong to one worker; {@link jp.genkan.av.stage.SignatureBase} and {@link jp.genkan.av.stage.ScanPool} to
 * everybody.
 */
@NullMarked
package jp.genkan.av.stage;

import org.jspecify.annotations.NullMarked;

/**
 * Passwords for encrypted archives, as they stand in mails: in Japan it is the custom to send an encrypted archive in one mail and its password in the next.
 *
 * <p>Main type: {@link jp.genkan.av.password.Passwords}.
 *
 * <p>Thread rule: {@link jp.genkan.av.password.Passwords} and {@link jp.genkan.av.password.PasswordBook} may be asked by any thread.
 */
@NullMarked
package jp.genkan.av.password;

import org.jspecify.annotations.NullMarked;

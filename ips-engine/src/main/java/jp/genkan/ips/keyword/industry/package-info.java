/**
 * Keywords of the protocols of machines and plants: EtherNet/IP with CIP, Modbus, DNP3.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.industry.EnipKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.industry;

import org.jspecify.annotations.NullMarked;

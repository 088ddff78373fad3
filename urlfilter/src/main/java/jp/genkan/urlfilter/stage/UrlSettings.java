package jp.genkan.urlfilter.stage;

import jp.genkan.urlfilter.page.BlockPage;
import jp.genkan.urlfilter.site.SiteBase;
import jp.genkan.urlfilter.visit.Visits;

/**
 * What the stages of all workers share. Immutable.
 *
 * @param sites the lists in force
 * @param acting true when verdicts act; false when the traffic is only looked at
 * @param dns what is done about questions of DNS
 * @param page what people see
 * @param visits who goes where
 */
public record UrlSettings(SiteBase sites, boolean acting, DnsPolicy dns, BlockPage page, Visits visits) {}

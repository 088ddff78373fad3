package jp.genkan.urlfilter.page;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of categories as people read them. What is not known here is shown as the list has it. Thread rule: immutable. */
final class Category {
    private static final Set<String> SUPPORT_SCAMS =
            Set.of("support-scam", "tech-support-scam", "techsupport", "tech-support", "fake-support", "scam");

    private static final Set<String> DANGERS = Set.of(
            "phishing", "malware", "ransomware", "virus", "botnet", "c2", "exploit", "cryptojacking", "scam", "fraud");

    private static final Map<String, String> JAPANESE = Map.ofEntries(
            Map.entry("phishing", "フィッシング詐欺"),
            Map.entry("malware", "マルウェア(ウイルス)"),
            Map.entry("virus", "マルウェア(ウイルス)"),
            Map.entry("ransomware", "ランサムウェア"),
            Map.entry("botnet", "ボットネット"),
            Map.entry("c2", "攻撃者の指令サーバー"),
            Map.entry("support-scam", "サポート詐欺"),
            Map.entry("tech-support-scam", "サポート詐欺"),
            Map.entry("techsupport", "サポート詐欺"),
            Map.entry("tech-support", "サポート詐欺"),
            Map.entry("fake-support", "サポート詐欺"),
            Map.entry("scam", "詐欺"),
            Map.entry("fraud", "詐欺"),
            Map.entry("cryptojacking", "仮想通貨の不正採掘"),
            Map.entry("adult", "アダルト"),
            Map.entry("gambling", "ギャンブル"),
            Map.entry("games", "ゲーム"),
            Map.entry("social-networks", "SNS"),
            Map.entry("sns", "SNS"),
            Map.entry("video", "動画"),
            Map.entry("audio-video", "動画・音楽"),
            Map.entry("shopping", "ショッピング"),
            Map.entry("dating", "出会い"),
            Map.entry("file-exchange", "ファイル共有"),
            Map.entry("filehosting", "ファイル共有"),
            Map.entry("webmail", "Webメール"),
            Map.entry("proxy", "プロキシ・VPN"),
            Map.entry("vpn", "プロキシ・VPN"),
            Map.entry("remote-control", "遠隔操作"),
            Map.entry("chat", "チャット"),
            Map.entry("warez", "違法コピー"),
            Map.entry("drugs", "薬物"),
            Map.entry("violence", "暴力"));

    private Category() {}

    private static String key(String category) {
        return category.toLowerCase(Locale.ROOT).replace('_', '-').strip();
    }

    /** True when a window tells people to call a number: there is an office that helps. */
    static boolean isSupportScam(String category) {
        return SUPPORT_SCAMS.contains(key(category));
    }

    /** True when going there does harm, and is not merely unwanted. */
    static boolean isDangerous(String category) {
        return DANGERS.contains(key(category)) || isSupportScam(category);
    }

    /** What it is called in a language. */
    static String label(String category, Language language) {
        return language == Language.JAPANESE ? JAPANESE.getOrDefault(key(category), category) : category;
    }
}

package jp.genkan.appcontrol.definition;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an application is for: nDPI's categories, with the words that the owner reads. */
public enum Category {
    UNSPECIFIED("Unspecified", "未分類"),
    MEDIA("Media", "メディア"),
    VPN("VPN", "VPN・トンネル"),
    EMAIL("Email", "メール"),
    DATA_TRANSFER("DataTransfer", "データ転送"),
    WEB("Web", "ウェブ"),
    SOCIAL_NETWORK("SocialNetwork", "SNS"),
    DOWNLOAD("Download", "ファイル交換"),
    GAME("Game", "ゲーム"),
    CHAT("Chat", "メッセンジャー"),
    VOIP("VoIP", "通話"),
    DATABASE("Database", "データベース"),
    REMOTE_ACCESS("RemoteAccess", "遠隔操作"),
    CLOUD("Cloud", "クラウド"),
    NETWORK("Network", "ネットワーク"),
    COLLABORATIVE("Collaborative", "共同作業"),
    RPC("RPC", "RPC"),
    STREAMING("Streaming", "配信"),
    SYSTEM("System", "システム"),
    SOFTWARE_UPDATE("SoftwareUpdate", "ソフトウェア更新"),
    MUSIC("Music", "音楽"),
    VIDEO("Video", "動画"),
    SHOPPING("Shopping", "買い物"),
    PRODUCTIVITY("Productivity", "業務"),
    FILE_SHARING("FileSharing", "ファイル共有"),
    CONNECTION_CHECK("ConnCheck", "接続確認"),
    IOT("IoT-Scada", "IoT・産業制御"),
    VIRTUAL_ASSISTANT("VirtAssistant", "音声アシスタント"),
    CYBERSECURITY("Cybersecurity", "セキュリティ"),
    ADULT("AdultContent", "アダルト"),
    MINING("Mining", "暗号資産の採掘"),
    MALWARE("Malware", "マルウェア"),
    ADVERTISEMENT("Advertisement", "広告・計測"),
    ARTIFICIAL_INTELLIGENCE("AI", "AIサービス"),
    BANKING("Banking", "銀行・決済"),
    NEWS("News", "ニュース"),
    TRAVEL("Travel", "旅行"),
    DATING("Dating", "出会い"),
    GAMBLING("Gambling", "ギャンブル"),
    GOVERNMENT("Government", "官公庁"),
    EDUCATION("Education", "教育"),
    HEALTH("Health", "医療・健康");

    private final String label;
    private final String japanese;

    Category(String label, String japanese) {
        this.label = label;
        this.japanese = japanese;
    }

    /** The word in events and definition files. */
    public String label() {
        return label;
    }

    /** What the owner reads. */
    public String japanese() {
        return japanese;
    }

    /** The category of this word, null when there is none. */
    public static @Nullable Category of(String word) {
        for (Category category : values()) {
            if (category.label.equalsIgnoreCase(word)) {
                return category;
            }
        }
        return null;
    }

    /** All words. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Category::label).toList();
    }
}

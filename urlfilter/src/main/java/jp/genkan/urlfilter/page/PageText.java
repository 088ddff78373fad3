package jp.genkan.urlfilter.page;

/** The words of the page in one language; none of them needs escaping. Immutable. */
record PageText(
        String title,
        String dangerous,
        String unwanted,
        String target,
        String category,
        String list,
        String whatToDo,
        String closeIt,
        String goBack,
        String supportScam,
        String release,
        String nobody,
        String tellThis,
        String inShort) {
    static final PageText JAPANESE = new PageText(
            "このページへの接続を止めました",
            "危険なサイトとして知られているため、社内のネットワークを守る装置が接続を止めました。",
            "このネットワークでは見られない種類のサイトのため、社内のネットワークを守る装置が接続を止めました。",
            "接続先",
            "分類",
            "リスト",
            "どうすればよいですか",
            "このページを閉じてください。パスワードやカード番号を入力した覚えがあれば、すぐにパスワードを変え、カード会社に連絡してください。",
            "前のページに戻ってください。",
            "「ウイルスに感染した」という画面に電話番号が出ても、電話をかけないでください。遠隔操作のソフトを入れたり、お金を払ったりした場合は、" + "IPA 情報セキュリティ安心相談窓口に相談できます。",
            "業務で必要なとき",
            "社内のネットワークの担当者に、解除を頼んでください。",
            "このとき、上の接続先・分類・リストの3つを伝えてください。",
            "このページは、社内のネットワークを守る装置が止めました。業務で必要なときは、担当者に知らせてください。");

    static final PageText ENGLISH = new PageText(
            "This page was blocked",
            "It is known to be dangerous, so the box that protects this office's network has ended the connection.",
            "Sites of this kind cannot be visited from this network, so the box that protects it has ended the"
                    + " connection.",
            "Address",
            "Category",
            "List",
            "What to do",
            "Close this page. If you remember entering a password or a card number, change the password now and call"
                    + " the card company.",
            "Go back to the page before.",
            "Do not call a number that a warning about a virus shows. If you have installed a remote control program"
                    + " or paid, IPA's consultation desk helps (in Japanese):",
            "If you need it for work",
            "Ask the person who looks after the office's network for its release.",
            "Tell them the address, the category and the list above.",
            "This page was blocked by the box that protects this office's network. If you need it for work, tell the"
                    + " person in charge.");
}

package jp.genkan.av.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "パスワード：Ab12cd34 です。|Ab12cd34",
                "解凍パスワードは「x9!kQ2」です|x9!kQ2",
                "【パスワード】 20261126abc|20261126abc",
                "ﾊﾟｽﾜｰﾄﾞ: hoge1234|hoge1234",
                "添付ファイルのPW：ｑ７ｗ８ｅ９|q7w8e9",
                "The password is: S3cret-77.|S3cret-77",
                "password for the zip: tiger2026|tiger2026",
                "zip password = infected|infected",
                "<p>パスワード</p><p>Zx81_now</p>|Zx81_now",
                "暗証番号 4711|4711"
            })
    void findsWhatStandsBehindTheWord(String text, String password) {
        assertThat(Passwords.find(text)).first().isEqualTo(password);
    }

    @Test
    void findsAPasswordOnTheNextLine() {
        assertThat(Passwords.find("お世話になっております。\n先ほどのファイルのパスワードは以下の通りです。\n\nGk8#mm2Q\n\nよろしくお願いします。"))
                .first()
                .isEqualTo("Gk8#mm2Q");
    }

    @Test
    void putsTheLikelierFirst() {
        assertThat(Passwords.find("pass の件\n解凍パスワード：Real123x\npass: other"))
                .startsWith("Real123x")
                .contains("other");
    }

    @Test
    void findsNothingInOrdinaryMails() {
        assertThat(Passwords.find("We compass the topic of spaces; see you on Monday, bypass road."))
                .isEmpty();
    }

    @Test
    @Timeout(60)
    void aLongHostileTextEnds() {
        assertThat(Passwords.find("パスワード<".repeat(100_000))).hasSizeLessThanOrEqualTo(Passwords.CANDIDATES_MAX);
    }
}

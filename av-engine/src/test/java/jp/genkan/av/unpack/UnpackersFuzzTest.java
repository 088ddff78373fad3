package jp.genkan.av.unpack;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.av.unpack.flash.FlashUnpacker;
import jp.genkan.av.unpack.mail.MailUnpacker;
import jp.genkan.av.unpack.ole.ActiveMimeUnpacker;
import jp.genkan.av.unpack.ole.OleUnpacker;
import jp.genkan.av.unpack.onenote.OneNoteUnpacker;
import jp.genkan.av.unpack.pdf.PdfUnpacker;
import jp.genkan.av.unpack.rtf.RtfUnpacker;
import jp.genkan.av.unpack.shortcut.ShortcutUnpacker;
import jp.genkan.av.unpack.symbian.SymbianUnpacker;
import jp.genkan.av.unpack.text.TextUnpacker;
import jp.genkan.av.unpack.tnef.TnefUnpacker;

class UnpackersFuzzTest {
    @FuzzTest
    void compound(byte[] octets) {
        Gathered.from(octets, new OleUnpacker(OleUnpacker.Kind.DOCUMENT));
    }

    @FuzzTest
    void outlookMail(byte[] octets) {
        Gathered.from(octets, new OleUnpacker(OleUnpacker.Kind.MAIL));
    }

    @FuzzTest
    void activeMime(byte[] octets) {
        Gathered.from(octets, new ActiveMimeUnpacker());
    }

    @FuzzTest
    void richText(byte[] octets) {
        Gathered.from(octets, new RtfUnpacker());
    }

    @FuzzTest
    void pdf(byte[] octets) {
        Gathered.from(octets, new PdfUnpacker());
    }

    @FuzzTest
    void tnef(byte[] octets) {
        Gathered.from(octets, new TnefUnpacker());
    }

    @FuzzTest
    void shortcut(byte[] octets) {
        Gathered.from(octets, new ShortcutUnpacker());
    }

    @FuzzTest
    void oneNote(byte[] octets) {
        Gathered.from(octets, new OneNoteUnpacker());
    }

    @FuzzTest
    void flash(byte[] octets) {
        Gathered.from(octets, new FlashUnpacker());
    }

    @FuzzTest
    void symbian(byte[] octets) {
        Gathered.from(octets, new SymbianUnpacker());
    }

    @FuzzTest
    void mail(byte[] octets) {
        Gathered.from(octets, new MailUnpacker());
    }

    @FuzzTest
    void text(byte[] octets) {
        Gathered.from(octets, new TextUnpacker());
    }
}

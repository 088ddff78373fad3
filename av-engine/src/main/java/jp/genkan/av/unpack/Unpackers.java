package jp.genkan.av.unpack;

import java.util.List;
import jp.genkan.av.unpack.ar.ArUnpacker;
import jp.genkan.av.unpack.arj.ArjUnpacker;
import jp.genkan.av.unpack.cab.CabUnpacker;
import jp.genkan.av.unpack.chm.ChmUnpacker;
import jp.genkan.av.unpack.cpio.CpioUnpacker;
import jp.genkan.av.unpack.flash.FlashUnpacker;
import jp.genkan.av.unpack.http.ChunkedBody;
import jp.genkan.av.unpack.http.DeflatedBody;
import jp.genkan.av.unpack.http.LooseResponse;
import jp.genkan.av.unpack.http.MultipartBody;
import jp.genkan.av.unpack.iso.IsoUnpacker;
import jp.genkan.av.unpack.lzh.LzhUnpacker;
import jp.genkan.av.unpack.mail.MailUnpacker;
import jp.genkan.av.unpack.nsis.NsisUnpacker;
import jp.genkan.av.unpack.ole.ActiveMimeUnpacker;
import jp.genkan.av.unpack.ole.OleUnpacker;
import jp.genkan.av.unpack.onenote.OneNoteUnpacker;
import jp.genkan.av.unpack.pdf.PdfUnpacker;
import jp.genkan.av.unpack.program.EmbeddedUnpacker;
import jp.genkan.av.unpack.rar.RarUnpacker;
import jp.genkan.av.unpack.rtf.RtfUnpacker;
import jp.genkan.av.unpack.sevenzip.SevenZipUnpacker;
import jp.genkan.av.unpack.shortcut.ShortcutUnpacker;
import jp.genkan.av.unpack.stream.GzipUnpacker;
import jp.genkan.av.unpack.stream.StreamUnpacker;
import jp.genkan.av.unpack.symbian.SymbianUnpacker;
import jp.genkan.av.unpack.szdd.SzddUnpacker;
import jp.genkan.av.unpack.tar.TarUnpacker;
import jp.genkan.av.unpack.text.TextUnpacker;
import jp.genkan.av.unpack.tnef.TnefUnpacker;
import jp.genkan.av.unpack.zip.ZipUnpacker;

/** All formats, in the order in which they are asked. A new one is one class and one line here. */
public final class Unpackers {
    private static final List<Unpacker> ALL = List.of(
            new GzipUnpacker(),
            StreamUnpacker.bzip2(),
            StreamUnpacker.xz(),
            StreamUnpacker.zstd(),
            StreamUnpacker.lz4(),
            StreamUnpacker.lzip(),
            StreamUnpacker.compress(),
            new SevenZipUnpacker(),
            new RarUnpacker(),
            new CabUnpacker(),
            new ArUnpacker(),
            new ArjUnpacker(),
            new ChmUnpacker(),
            new CpioUnpacker(),
            new LzhUnpacker(),
            new SzddUnpacker(),
            new TarUnpacker(),
            new IsoUnpacker(),
            new OleUnpacker(OleUnpacker.Kind.MAIL),
            new OleUnpacker(OleUnpacker.Kind.DOCUMENT),
            new ActiveMimeUnpacker(),
            new RtfUnpacker(),
            new PdfUnpacker(),
            new TnefUnpacker(),
            new ShortcutUnpacker(),
            new OneNoteUnpacker(),
            new FlashUnpacker(),
            new SymbianUnpacker(),
            new MailUnpacker(),
            StreamUnpacker.lzma(),
            new NsisUnpacker(),
            new EmbeddedUnpacker(),
            new ZipUnpacker(),
            new TextUnpacker(),
            new LooseResponse(),
            new ChunkedBody(),
            new DeflatedBody(),
            new MultipartBody());

    private Unpackers() {}

    public static List<Unpacker> all() {
        return ALL;
    }
}

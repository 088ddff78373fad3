package jp.genkan.protocols.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class MagicTypeTest {
    private static MagicType of(String latin1) {
        byte[] octets = ("junk" + latin1).getBytes(StandardCharsets.ISO_8859_1);
        return MagicType.of(octets, 4, octets.length);
    }

    private static MagicType ofHex(String digits) {
        byte[] octets = HexFormat.of().parseHex(digits.replace(" ", ""));
        return MagicType.of(octets, 0, octets.length);
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("some content".getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return out.toByteArray();
    }

    private static MagicType ofZip(String... names) throws IOException {
        byte[] octets = zip(names);
        return MagicType.of(octets, 0, octets.length);
    }

    @Test
    void knowsTypesByTheirMarks() {
        assertThat(of("%PDF-1.7\n")).isEqualTo(MagicType.PDF);
        assertThat(of("{\\rtf1")).isEqualTo(MagicType.RTF);
        assertThat(of("\u007fELF\u0002")).isEqualTo(MagicType.ELF);
        assertThat(ofHex("cffaedfe 07000001")).isEqualTo(MagicType.MACH_O);
        assertThat(ofHex("cafebabe 00000002 01000007")).isEqualTo(MagicType.MACH_O);
        assertThat(ofHex("cafebabe 00000034 001d")).isEqualTo(MagicType.JAVA_CLASS);
        assertThat(ofHex("d0cf11e0a1b11ae1 0000")).isEqualTo(MagicType.OLE2);
        assertThat(ofHex("1f8b0800")).isEqualTo(MagicType.GZIP);
        assertThat(of("BZh91AY")).isEqualTo(MagicType.BZIP2);
        assertThat(ofHex("fd377a585a000004")).isEqualTo(MagicType.XZ);
        assertThat(ofHex("28b52ffd04")).isEqualTo(MagicType.ZSTD);
        assertThat(ofHex("04224d1864")).isEqualTo(MagicType.LZ4);
        assertThat(ofHex("377abcaf271c0004")).isEqualTo(MagicType.SEVEN_ZIP);
        assertThat(of("Rar!\u001a\u0007\u0000")).isEqualTo(MagicType.RAR);
        assertThat(of("Rar!\u001a\u0007\u0001\u0000")).isEqualTo(MagicType.RAR);
        assertThat(of(" \u0000-lh5-\u0012")).isEqualTo(MagicType.LZH);
        assertThat(of("MSCF\0\0\0\0\u0001")).isEqualTo(MagicType.CAB);
        assertThat(ofHex("60ea2c00")).isEqualTo(MagicType.ARJ);
        assertThat(ofHex("89504e470d0a1a0a0000")).isEqualTo(MagicType.PNG);
        assertThat(ofHex("ffd8ffe000104a464946")).isEqualTo(MagicType.JPEG);
        assertThat(of("RIFF\1\2\3\4WEBPVP8 ")).isEqualTo(MagicType.WEBP);
        assertThat(of("RIFF\1\2\3\4WAVEfmt ")).isEqualTo(MagicType.WAV);
        assertThat(of("RIFF\1\2\3\4AVI LIST")).isEqualTo(MagicType.AVI);
        assertThat(ofHex("424d 36000000 0000 0000 36000000 28000000")).isEqualTo(MagicType.BMP);
        assertThat(ofHex("00000100 0100 2020 0000 0100 2000 68040000 16000000")).isEqualTo(MagicType.ICO);
        assertThat(ofHex("49492a0008000000")).isEqualTo(MagicType.TIFF);
        assertThat(of("ID3\u0003")).isEqualTo(MagicType.MP3);
        assertThat(ofHex("fffb9064")).isEqualTo(MagicType.MP3);
        assertThat(of("\0\0\0\u0018ftypisom")).isEqualTo(MagicType.MP4);
        assertThat(ofHex("1a45dfa3 93")).isEqualTo(MagicType.MKV);
        assertThat(of("OggS\0")).isEqualTo(MagicType.OGG);
        assertThat(of("fLaC\0")).isEqualTo(MagicType.FLAC);
        assertThat(of("CWS\u0009\1\2\3\4")).isEqualTo(MagicType.SWF);
        assertThat(ofHex("4c0000000114020000000000c000000000000046 9b")).isEqualTo(MagicType.LNK);
        assertThat(ofHex("e4525c7b8cd8a74daeb15378d02996d3 00")).isEqualTo(MagicType.ONENOTE);
    }

    @Test
    void tellsTextFromMarkupAndFromData() {
        assertThat(of("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-" + "FILE!$H+H*"))
                .isEqualTo(MagicType.TEXT);
        assertThat(of("hello\r\n")).isEqualTo(MagicType.TEXT);
        assertThat(of("\u00e6\u0097\u00a5\u00e6\u009c\u00ac")).isEqualTo(MagicType.TEXT);
        assertThat(ofHex("fffe 4100 4200")).isEqualTo(MagicType.TEXT);
        assertThat(of("  \r\n<!DOCTYPE HTML>")).isEqualTo(MagicType.HTML);
        assertThat(of("\u00ef\u00bb\u00bf<html>")).isEqualTo(MagicType.HTML);
        assertThat(of("<?xml version='1.0'?><a/>")).isEqualTo(MagicType.XML);
        assertThat(of("<?xml version='1.0'?><!DOCTYPE html>")).isEqualTo(MagicType.HTML);
        assertThat(of("<svg xmlns='a'>")).isEqualTo(MagicType.SVG);
        assertThat(of("#!/bin/sh\n")).isEqualTo(MagicType.SCRIPT);
        assertThat(of("<unknown")).isEqualTo(MagicType.TEXT);
        assertThat(of("abc\0def")).isEqualTo(MagicType.UNKNOWN);
        assertThat(of("")).isEqualTo(MagicType.EMPTY);
        assertThat(of("MZ, says the mayor")).isEqualTo(MagicType.DOS_EXECUTABLE);
        assertThat(of("PK is not enough")).isEqualTo(MagicType.UNKNOWN);
    }

    @Test
    void looksIntoExecutablesForTheirHeader() {
        byte[] octets = new byte[300];
        octets[0] = 'M';
        octets[1] = 'Z';
        octets[0x3c] = (byte) 0x80;
        octets[0x80] = 'P';
        octets[0x81] = 'E';
        assertThat(MagicType.of(octets, 0, octets.length)).isEqualTo(MagicType.PE);
        octets[0x3f] = (byte) 0xff;
        assertThat(MagicType.of(octets, 0, octets.length)).isEqualTo(MagicType.DOS_EXECUTABLE);
    }

    @Test
    void tellsZipArchivesApartByTheirNames() throws IOException {
        assertThat(ofZip("a.txt", "b.exe")).isEqualTo(MagicType.ZIP);
        assertThat(ofZip("[Content_Types].xml", "_rels/.rels")).isEqualTo(MagicType.OOXML);
        assertThat(ofZip("[Content_Types].xml", "_rels/.rels", "word/document.xml"))
                .isEqualTo(MagicType.DOCX);
        assertThat(ofZip("[Content_Types].xml", "xl/workbook.xml")).isEqualTo(MagicType.XLSX);
        assertThat(ofZip("docProps/app.xml", "ppt/presentation.xml")).isEqualTo(MagicType.PPTX);
        assertThat(ofZip("META-INF/MANIFEST.MF", "a/B.class")).isEqualTo(MagicType.JAR);
        assertThat(ofZip("META-INF/MANIFEST.MF", "AndroidManifest.xml")).isEqualTo(MagicType.APK);
        assertThat(ofZip()).isEqualTo(MagicType.ZIP);
    }

    @Test
    void knowsTarAndInstallers() {
        byte[] tar = new byte[512];
        tar[0] = 'a';
        System.arraycopy("ustar".getBytes(StandardCharsets.ISO_8859_1), 0, tar, 257, 5);
        assertThat(MagicType.of(tar, 0, tar.length)).isEqualTo(MagicType.TAR);
        byte[] installer = new byte[2048];
        System.arraycopy(HexFormat.of().parseHex("d0cf11e0a1b11ae1"), 0, installer, 0, 8);
        installer[30] = 9;
        installer[48] = 1;
        System.arraycopy(HexFormat.of().parseHex("84100c0000000000c000000000000046"), 0, installer, 1024 + 80, 16);
        assertThat(MagicType.of(installer, 0, installer.length)).isEqualTo(MagicType.MSI);
    }

    @Test
    void answersEveryTruncatedLength() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(1);
        }
        for (byte[] whole : new byte[][] {
            zip("[Content_Types].xml", "word/a"),
            gzip.toByteArray(),
            "RIFF\1\2\3\4WEBP".getBytes(StandardCharsets.ISO_8859_1)
        }) {
            for (int length = 0; length <= whole.length; length++) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThat(MagicType.of(part, 0, length)).isNotNull();
            }
        }
    }
}

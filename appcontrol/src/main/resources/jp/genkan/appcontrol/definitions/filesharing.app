# Exchange and transfer of files.

protocol BitTorrent
match udp 0=x0000041727101980 8=x00000000 length=16
match udp 0="BT-SEARCH * HTTP/1."
match both 0="\x13BitTorrent protocol"
match udp 0="d1:" 3..40~"d2:id20:"
match udp 0="d1:ad2:id20:"
match udp 0="d1:rd2:id20:"
match udp 0="d1:eli20"
match tcp 0="GET /announce" as=HTTP 10..400~"info_hash="
match tcp 0="GET /scrape" as=HTTP 8..400~"info_hash="
match tcp 0="GET /" 5..900~"User-Agent: BitTorrent"i as=HTTP

protocol eDonkey
label ファイル交換 (eMule)
category Download
port tcp 4662
port udp 4672 4665
match tcp u8[0]=0xe3 u32le[1]=length-5 length=6.. u8[5]=0x01..0x70
match tcp u8[0]=0xe3 u32le[1]=2..9999 u8[5]=0x01 u8[6]=0x10 length=30..
match tcp u8[0]=0xc5 u32le[1]=length-5 length=6..
match tcp u8[0]=0xd4 u32le[1]=length-5 length=6..
match udp u8[0]=0xe3 u8[1]=0x92..0xa4 length=2..200 both
match udp u8[0]=0xe4 u8[1]=0x00..0x69 length=2..200 both
match udp u8[0]=0xe5 u8[1]=0x00..0x69 length=2.. both
match udp u8[0]=0xc5 u8[1]=0x90..0x94 length=2..200 both
match udp u8[0]=0xe3 u8[1]=0x96 length=6

protocol Gnutella
label ファイル交換 (Gnutella)
category Download
port tcp 6346 6347
port udp 6346 6347
match tcp 0="GNUTELLA CONNECT/"
match tcp 0="GNUTELLA/0."
match tcp 0="GNUTELLA PONG"
match tcp 0="GET /uri-res/N2R?urn:sha1:"
match tcp 0="GET /get/" 9..300~"User-Agent: LimeWire"i
match tcp 0="GIV " 4..20~":" -2="\n\n"
match udp 0="GND" u8[3]=0..16
match udp u8[16]=0 u8[17]=1..7 u8[18]=0 u32le[19]=length-23 length=23..
match udp u8[16]=1 u8[17]=1..7 u8[18]=0 u32le[19]=length-23 length=24..
match udp u8[16]=0x31 u8[18]=0 u32le[19]=length-23 length=24..
match udp 0="GNUTELLA"

protocol DirectConnect
label ファイル交換 (DC++)
category Download
port tcp 411 412
match tcp 0="$Lock " -1="|"
match tcp 0="$MyNick " -1="|"
match tcp 0="HSUP AD"
match tcp 0="CSUP AD"
match udp 0="$SR " -1="|"

protocol Soulseek
label ファイル交換 (Soulseek)
category Download
port tcp 2234 2242
match tcp client packet=1 u32le[0]=length-4 u32le[4]=1 u32le[8]=1..64 port=2242,2240,2271,2416
match tcp u32le[0]=length-4 u8[4]=0..1 u32le[5]=1..64 length=16..200 -8=x00000000 port=2234

protocol StealthNet
label ファイル交換 (StealthNet)
category Download
match tcp 0="LARS REGENSBURGER'S FILE SHARING PROTOCOL 0.2"

protocol Winny
label ファイル交換 (Winny)
category Download

protocol Share
label ファイル交換 (Share)
category Download

protocol Syncthing
label ファイル同期 (Syncthing)
category FileSharing
port tcp 22000
port udp 21027 22000
host syncthing.net
match both 0=x2ea7d90b
match udp 0=x9d79bc40

protocol Dropbox
label クラウド保管 (Dropbox)
category Cloud
port udp 17500
match udp weak port=17500 length=4..
match udp port=17500 0="{\"" 2..30~"host_int"
match udp 0="{\"host_int\":"
match udp 0="{\"version\":" 10..60~"host_int" port=17500

protocol AFP
label ファイル共有 (AFP)
category DataTransfer
port tcp 548
match tcp u8[0]=0 u8[1]=4 u32[4]=0 u32[8]=length-16 12=x00000000 length=16..
match tcp u8[0]=0 u8[1]=3 u16[2]=1 u32[4]=0 12=x00000000 length=16..
match tcp port=548 u8[0]=0..1 u8[1]=1..8 u32[8]=length-16

protocol RSYNC
label ファイル同期 (rsync)
category DataTransfer
port tcp 873
match tcp 0="@RSYNCD:"

protocol Git
label ソース管理 (Git)
category Collaborative
port tcp 9418
match tcp 4="git-upload-pack "
match tcp 4="git-receive-pack "
match tcp port=9418 u8[0]=0x30..0x66 4="git-"

protocol SVN
label ソース管理 (Subversion)
category Collaborative
port tcp 3690
match tcp 0="( success ( 2 2 "

protocol NFS
match udp u32[4]=0 u32[8]=2 u32[12]=100003 u32[16]=2..4
match udp u32[4]=0 u32[8]=2 u32[12]=100005 u32[16]=1..4
match udp u32[4]=0 u32[8]=2 u32[12]=100000 u32[16]=2..4
match tcp u32[8]=0 u32[12]=2 u32[16]=100003 u32[20]=2..4
match tcp u32[8]=0 u32[12]=2 u32[16]=100005 u32[20]=1..4
match tcp u32[8]=0 u32[12]=2 u32[16]=100000 u32[20]=2..4

protocol iSCSI
label ストレージ (iSCSI)
category DataTransfer
port tcp 3260 860
match tcp u8[0]=0x43 u8[1]=0x80..0x87 u24[5]=1..8192 48..400~"InitiatorName="

protocol Ceph
label ストレージ (Ceph)
category DataTransfer
port tcp 6789 3300
match tcp 0="ceph v0"
match tcp 0="ceph v2\n"

protocol Lustre
label ストレージ (Lustre)
category DataTransfer
port tcp 988
match tcp port=988 length=16.. u32le[0]=0xacce7100..0xacce71ff
match tcp u32le[0]=0x45726963 length=12..
match tcp u32le[0]=0xacce7100 length=16..
match tcp u32[0]=0xacce7100..0xacce7103

protocol RX
label ストレージ (AFS)
category RPC
port udp 7000 7001 7002 7003 7005
match udp port=7000..7010 length=28.. u8[20]=1..13 u8[21]&0xc0=0 8=x000000 u8[22]=0..9

protocol Gopher
category Web
port tcp 70

# What the box's own parsers recognise; nDPI's names for it.

protocol HTTP
label ウェブ (HTTP)
category Web
parser http
port tcp 80 8080
# a request or response whose connection was joined too late to be read
match tcp weak 0="GET " 5..1500~" HTTP/1."
match tcp weak 0="POST " 5..1500~" HTTP/1."
match tcp weak 0="HEAD " 5..1500~" HTTP/1."
match tcp weak 0="PUT " 5..1500~" HTTP/1."
match tcp weak 0="HTTP/1." u8[7]=0x30..0x31 8=" "

protocol HTTP2
label ウェブ (HTTP/2)
category Web
parser http2

protocol TLS
label 暗号化通信 (TLS)
category Web
parser tls
port tcp 443
match tcp weak u8[0]=0x16 u8[1]=3 u8[2]=0..4 u8[5]=1..2
match tcp weak u8[0]=0x14..0x17 u8[1]=3 u8[2]=0..4 u16[3]=1..16640

protocol QUIC
label 暗号化通信 (QUIC)
category Web
parser quic
port udp 443

protocol DNS
label 名前解決 (DNS)
category Network
parser dns
port udp 53
port tcp 53

protocol MDNS
label 名前解決 (mDNS)
category Network
parser mdns
port udp 5353

protocol LLMNR
label 名前解決 (LLMNR)
category Network
parser llmnr
port udp 5355
port tcp 5355

protocol SMTP
label メール送信 (SMTP)
category Email
parser smtp
port tcp 25 587

protocol SMTPS
label メール送信 (SMTP over TLS)
category Email
over tls 465 587
port tcp 465

protocol POP3
label メール受信 (POP3)
category Email
parser pop3
port tcp 110

protocol POPS
label メール受信 (POP3 over TLS)
category Email
over tls 995
port tcp 995

protocol IMAP
label メール受信 (IMAP)
category Email
parser imap
port tcp 143

protocol IMAPS
label メール受信 (IMAP over TLS)
category Email
over tls 993 585
port tcp 993

protocol FTP_CONTROL
label ファイル転送 (FTP)
category Download
parser ftp
port tcp 21

protocol FTP_DATA
label ファイル転送 (FTPデータ)
category Download
parser ftp-data
port tcp 20

protocol FTPS
label ファイル転送 (FTP over TLS)
category Download
over tls 990
port tcp 990

protocol SMBv23
label ファイル共有 (SMB)
category System
parser smb
port tcp 445
match tcp 0=x00 u24[1]=length-4 4=xfe534d42

protocol SMBv1
label ファイル共有 (旧SMB)
category System
match tcp 0=x00 u24[1]=length-4 4=xff534d42 8=x72 0..1500~"SMB 2."
match tcp 0=x00 4=xff534d42

protocol DCERPC
label RPC (DCE)
category RPC
parser dcerpc
port tcp 135

protocol SSH
label 遠隔操作 (SSH)
category RemoteAccess
parser ssh
port tcp 22
match tcp 0="SSH-" u8[4]=0x31..0x32

protocol RDP
label リモートデスクトップ (RDP)
category RemoteAccess
parser rdp
port tcp 3389
port udp 3389

protocol VNC
label 遠隔操作 (VNC)
category RemoteAccess
parser rfb
port tcp 5900 5901 5800
match tcp 0="RFB 00" 7=".00" 11="\n"

protocol SIP
label IP電話 (SIP)
category VoIP
parser sip
port udp 5060 5061
port tcp 5060 5061

protocol DHCP
label アドレス配布 (DHCP)
category Network
parser dhcp
port udp 67 68
match udp port=67,68 u8[0]=1..2 u8[1]=1..7 236=x63825363

protocol NTP
label 時刻合わせ (NTP)
category System
parser ntp
port udp 123
match udp port=123 u8[0]&0x38=8..32 length=48..

protocol SNMP
label 機器管理 (SNMP)
category Network
parser snmp
port udp 161 162

protocol TFTP
label ファイル転送 (TFTP)
category DataTransfer
parser tftp
port udp 69
match udp port=69 0=x00 u8[1]=1..2 -1=x00 length=6..512
match udp u16[0]=3 u16[2]=1 length=4..1468 then u16[0]=4 u16[2]=1 length=4
match udp u16[0]=3 u16[2]=1..65535 length=516
match udp length=4 u16[0]=4 u16[2]=0..65535 both
match udp length=4 u16[0]=4 u16[2]=0..2 packet=1
match udp u16[0]=1..2 2..200~"\0octet\0"i length=10..512
match udp u16[0]=6 -1=x00 2..30~"blksize\0"
match udp u16[0]=5 u16[2]=0..8 -1=x00 length=5..200

protocol Kerberos
label 認証 (Kerberos)
category Network
parser krb5
port tcp 88
port udp 88

protocol LDAP
label ディレクトリ (LDAP)
category System
parser ldap
port tcp 389
port udp 389
match udp 0=x30 2=x0201 5=x63 port=389
match udp 0=x3084 6=x0201 9=x63 port=389

protocol LDAPS
label ディレクトリ (LDAP over TLS)
category System
over tls 636
port tcp 636

protocol MQTT
label IoT通信 (MQTT)
category RPC
parser mqtt
port tcp 1883

protocol BitTorrent
label ファイル交換 (BitTorrent)
category Download
parser bittorrent bittorrent-dht
port tcp 6881 6882 6883 6884 6885 6886 6887 6888 6889
port udp 6881

protocol RTP
label 音声・映像 (RTP)
category Media

protocol WebSocket
label ウェブ (WebSocket)
category Web
parser websocket

protocol NFS
label ファイル共有 (NFS)
category DataTransfer
parser nfs
port tcp 2049
port udp 2049

protocol Modbus
label 産業制御 (Modbus)
category IoT-Scada
parser modbus
port tcp 502
match tcp port=502 2=x0000 u16[4]=length-6 u8[7]=1..127

protocol DNP3
label 産業制御 (DNP3)
category IoT-Scada
parser dnp3
port tcp 20000

protocol EthernetIP
label 産業制御 (EtherNet/IP)
category IoT-Scada
parser enip
port tcp 44818
port udp 44818

protocol IPSec
label VPN (IPsec)
category VPN
parser ike
port udp 500 4500

protocol Telnet
label 遠隔操作 (Telnet)
category RemoteAccess
parser telnet
port tcp 23

protocol PostgreSQL
label データベース (PostgreSQL)
category Database
parser pgsql
port tcp 5432

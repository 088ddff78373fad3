# What networks are run with: discovery, routing, management, accounting.

protocol SSDP
label 機器の発見 (UPnP)
category System
port udp 1900
match udp 0="M-SEARCH * HTTP/1."i
match udp 0="NOTIFY * HTTP/1."i
match udp port=1900 0="HTTP/1.1 200 OK"
match udp 0="HTTP/1.1 200 OK\r\n" 17..600~"ST:"i 17..900~"USN:"i

protocol WSD
label 機器の発見 (WS-Discovery)
category Network
port udp 3702
match udp port=3702 0="<?xml"
match udp port=3702 0..200~"Envelope"
match udp 0="<" 0..300~"schemas.xmlsoap.org/ws/2005/04/discovery"

protocol NetBIOS
label 名前解決 (NetBIOS)
category System
port udp 137 138
port tcp 137 139
match udp port=137 u8[2]&0x78=0..0x40 length=50.. 12=x20
match udp port=137 4=x0000 length=56..
match udp port=138 u8[0]=0x10..0x16 length=14..
match tcp u8[0]=0x81 u16[2]=length-4 port=139
match tcp u8[0]=0x82..0x83 length=4..5 port=139

protocol SMBv1
label ファイル共有 (旧SMB)
category System
match udp port=138 as=NetBIOS u8[0]=0x10..0x11 80..200~xff534d42

protocol BGP
label 経路制御 (BGP)
category Network
port tcp 179
match tcp 0=xffffffffffffffffffffffffffffffff u16[16]=19..4096 u8[18]=1..5

protocol RIP
label 経路制御 (RIP)
category Network
port udp 520
match udp port=520 u8[0]=1..2 u8[1]=1..2 2=x0000 length=24..504

protocol LDP
label 経路制御 (LDP)
category Network
port tcp 646
port udp 646
match both port=646 u16[0]=1 u16[2]=length-4 length=14..

protocol HSRP
label 冗長化 (HSRP)
category Network
port udp 1985 2029
match udp port=1985 to=224.0.0.2/32 length=20.. u8[0]=0 u8[1]=0..3
match udp port=1985 to=224.0.0.102/32 length=12..
match udp port=2029 length=12..

protocol GLBP
label 冗長化 (GLBP)
category Network
port udp 3222
match udp port=3222 to=224.0.0.102/32 u8[0]=1

protocol BFD
label 経路の監視 (BFD)
category Network
port udp 3784 3785 4784
match udp port=3785 length=8..
match udp port=3784,4784 u8[0]&0xe0=0x20 u8[3]=24..28 length=24..

protocol EIGRP
label 経路制御 (EIGRP)
category Network
ip 88

protocol LISP
label トンネル (LISP)
category Network
port udp 4341 4342
match udp port=4341 length=16.. u8[0]&0x80=0x80
match udp port=4342 length=16.. u8[0]&0xf0=0x10..0x40 1=x00

protocol VXLAN
label トンネル (VXLAN)
category Network
port udp 4789
match udp port=4789 0=x08000000 7=x00 length=22..
match udp port=8472 0=x08000000 7=x00 length=22..

protocol Geneve
label トンネル (Geneve)
category Network
port udp 6081
match udp port=6081 u8[0]&0xc0=0 u16[2]=0x6558

protocol GTP_U
label 携帯網 (GTP-U)
category Network
port udp 2152
match udp as=GTP port=2152 u8[0]&0xf0=0x30 u16[2]=length-8

protocol GTP_C
label 携帯網 (GTP-C)
category Network
port udp 2123
match udp as=GTP port=2123 u8[0]&0xf0=0x30 u16[2]=length-8
match udp as=GTP port=2123 u8[0]&0xe0=0x40 u16[2]=length-4

protocol GTP_PRIME
label 携帯網 (GTP')
category Network
port udp 3386
match udp as=GTP port=3386 u8[0]&0x10=0 u16[2]=length-6
match udp as=GTP port=3386 u8[0]&0x10=0 u16[2]=length-20

protocol PFCP
label 携帯網 (PFCP)
category Network
port udp 8805
match udp port=8805 u8[0]&0xe0=0x20 u16[2]=length-4

protocol SNMP
match udp port=161,162 0=x30 2=x0201 u8[4]=0..3
match udp port=161,162 0=x3082 4=x0201 u8[6]=0..3
match udp port=161,162 0=x3081 3=x0201 u8[5]=0..3

protocol Syslog
label ログ転送 (Syslog)
category System
port udp 514
port tcp 514 601
match udp 0="<" u8[1]=0x30..0x39 2..4~">" length=20..2048 printable=0..24
match tcp port=514,601,1514,6514 0="<" u8[1]=0x30..0x39 2..4~">" length=20.. printable=0..24

protocol NetFlow
label 通信量の報告 (NetFlow)
category Network
port udp 2055 9995 9996 4739
match udp u16[0]=5 u16[2]=1..30 length=72..1464 port=2055,2056,9555,9995,9996,9025,3000,5000
match udp u16[0]=9 u16[2]=1..64 length=24.. port=2055,2056,9555,9995,9996,9025,4739,6343
match udp u16[0]=10 u16[2]=length u32[12]=0..0xffffffff u16[16]=2..3
match udp u16[0]=10 u16[2]=length port=2055,4739,9995,9996

protocol sFlow
label 通信量の報告 (sFlow)
category Network
port udp 6343
match udp 0=x00000005 u32[4]=1..2 length=28..

protocol Radius
label 認証 (RADIUS)
category Network
port udp 1812 1813 1645 1646 3799
match udp port=1812,1813,1645,1646,3799,1700,1814 u8[0]=1..52 u16[2]=length length=20..4096
match udp u8[0]=1..13 u16[2]=length length=38..4096 u8[20]=1 u8[21]=3..64

protocol TACACS
label 認証 (TACACS+)
category Network
port tcp 49
match tcp u8[0]=0xc0..0xc1 u8[1]=1..3 u32[8]=length-12

protocol Diameter
label 認証 (Diameter)
category Network
port tcp 3868
match both u8[0]=1 u24[1]=length u8[4]&0x0f=0 u8[5]=0..0x80 u24[5]=257..400
match both u8[0]=1 u24[1]=20..65535 u8[4]&0x0f=0 port=3868 u24[5]=257..400

protocol DHCPV6
label アドレス配布 (DHCPv6)
category Network
port udp 546 547
match udp port=546,547 u8[0]=1..13 length=8..

protocol IGMP
label マルチキャスト管理 (IGMP)

protocol PTPv2
label 時刻合わせ (PTP)
category System
port udp 319 320
match udp port=319,320 u8[1]&0x0f=2 u16[2]=length
match udp port=319,320 u8[1]&0x0f=2 u16[2]=34..128 length=34..

protocol RoughTime
label 時刻合わせ (Roughtime)
category System
port udp 2002
match udp 0="ROUGHTIM"

protocol NAT-PMP
label ポート開放 (NAT-PMP)
category Network
port udp 5350 5351
match udp port=5351 length=2 u8[0]=0 u8[1]=0
match udp port=5351 length=12 u8[0]=0 u8[1]=1..2
match udp port=5351 length=12..16 u8[0]=0 u8[1]=128..130
match udp port=5351 length=24..1100 u8[0]=2

protocol Service_Location_Protocol
label 機器の発見 (SLP)
category RPC
port udp 427
port tcp 427
match both port=427 u8[0]=2 u8[1]=1..11 u24[2]=length
match both port=427 u8[0]=1 u8[1]=1..11 u16[2]=length

protocol CAPWAP
label 無線LANの管理 (CAPWAP)
category Network
port udp 5246 5247
match udp port=5246,5247,12222,12223 u8[0]=0..1 length=8..

protocol UBNTAC2
label 無線LANの管理 (Ubiquiti)
category Network
port udp 10001
match udp port=10001 u8[0]=1..2 u16[2]=length-4
match udp length=4 0=x01000000 port=10001

protocol MikroTik
label 機器の発見 (MikroTik)
category Network
port udp 5678
match udp port=5678 length=4 0=x00000000
match udp port=5678 u16[4]=1 u16[6]=6 length=18..

protocol Lldp
category Network

protocol DLEP
category Network
port udp 854
port tcp 854
match both port=854 0="DLEP"
match both 0="DLEP" length=8..

protocol OpenFlow
label ネットワーク制御 (OpenFlow)
category Network
port tcp 6653 6633
match tcp port=6653,6633 u8[0]=1..6 u8[1]=0..35 u16[2]=length
match tcp u8[0]=1..6 u8[1]=0 u16[2]=length length=8..16 both

protocol Whois-DAS
label ドメイン照会 (Whois)
category Network
port tcp 43 4343
match tcp port=43,4343 client printable length=3..255 -1="\n"

protocol SAP
label 放送の案内 (SAP)
category Network
port udp 9875
match udp port=9875 u8[0]&0xe0=0x20 8..12~"application/sdp"
match udp port=9875 u8[0]&0xe0=0x20 8="v=0"

protocol XDMCP
label 遠隔画面 (XDMCP)
category RemoteAccess
port udp 177
match udp port=177 u16[0]=1 u16[2]=1..14 u16[4]=length-6

protocol X11
label 遠隔画面 (X11)
category RemoteAccess
port tcp 6000 6001 6002
match tcp port=6000..6010 0=x6c000b000000 length=12..
match tcp port=6000..6010 0=x42000000000b length=12..

protocol UPnP
label 機器の操作 (UPnP)
category System

protocol RMCP
label サーバーの管理 (IPMI)
category System
port udp 623 664
match udp port=623,664 u8[0]=6 u8[1]=0 u8[3]&0x1f=6..8 length=4..

protocol Zabbix
label 監視 (Zabbix)
category Network
port tcp 10050 10051
match tcp 0="ZBXD" u8[4]=1..3
match tcp 0="{\"request\":\"" port=10050,10051
match tcp port=10050 client printable length=5..200 -1="\n" then 0="ZBXD"

protocol Munin
label 監視 (Munin)
category Network
port tcp 4949
match tcp 0="# munin node at "

protocol Checkmk
label 監視 (Checkmk)
category Network
port tcp 6556
match tcp 0="<<<check_mk>>>"
match tcp 0="<<<uptime>>>"

protocol collectd
label 監視 (collectd)
category System
port udp 25826
match udp u16[0]=0 u16[2]=6..70 length=20.. port=25826
match udp u16[0]=0x0210 u16[2]=24..256 port=25826
match udp u16[0]=0x0200 u16[2]=36 port=25826

protocol NRPE
label 監視 (Nagios)
category Network
port tcp 5666

protocol Kismet
label 無線LANの監視 (Kismet)
category Network
port tcp 2501
match tcp 0="*KISMET: "

protocol RipeAtlas
label 回線の計測 (RIPE Atlas)
category Network
match udp 0="MGATLAS"
match udp 0..32~"ATLAS" port=33434..33534 length=20..

protocol Radmin
label 遠隔操作 (Radmin)
category RemoteAccess
port tcp 4899
match tcp 0=x010000000100000008 length=9..10

protocol CPHA
label 冗長化 (Check Point)
category Network
port udp 8116
match udp port=8116 0=x1a90 length=20..

protocol UFTP
label 同報配布 (UFTP)
category DataTransfer
port udp 1044
match udp u8[0]=0x40..0x50 u8[1]=1..13 port=1044,1110 length=16..

protocol TRDP
label 鉄道車両 (TRDP)
category IoT-Scada
port udp 17224 17225
match both u16[4]=0x0100 u16[6]=0x5064..0x5074 length=40..
match both u16[4]=0x0100 u16[6]=0x4d63..0x4d72 length=40..

protocol FLUTE
label 同報配布 (FLUTE)
category Download
match udp u8[0]&0xf0=0x10 16..400~"<FDT-Instance"
match udp u8[0]&0xf0=0x10 u8[2]=4..16 0..80~"urn:IETF:metadata:2005:FLUTE:FDT"

protocol TiVoConnect
label 録画機の発見 (TiVo)
category Network
port udp 2190
port tcp 2190
match both 0="TiVoConnect="

protocol Controller_Area_Network
label 車載網 (CAN)
category IoT-Scada
match udp 0="ISO11898"
match both 0="ISO11898"

protocol SOMEIP
label 車載網 (SOME/IP)
category IoT-Scada
port udp 30490 30491 30501
match udp u32[4]=length-8 u8[12]=1 u8[14]=0..2 length=16..
match udp u32[4]=length-8 u8[12]=1 u8[14]=0x20..0x23 length=16..
match udp u32[4]=length-8 u8[12]=1 u8[14]=0x40..0x42 length=16..
match udp u32[4]=length-8 u8[12]=1 u8[14]=0x80..0x81 length=16..
match tcp u32[4]=length-8 u8[12]=1 u8[14]=0..2 length=16.. port=30490..30510,30501
match udp 0=xffff0000 8=xdeadbeef
match udp 0=xffff8000 8=xdeadbeef

protocol RTPS
label 産業用配信 (DDS RTPS)
category IoT-Scada
match both 0="RTPS" u8[4]=1..2 length=20..

protocol HART_IP
label 産業制御 (HART-IP)
category IoT-Scada
port udp 5094
port tcp 5094
match both port=5094 u8[0]=1 u8[1]=0..3 u16[6]=length
match both u8[0]=1 u8[1]=0..1 u8[2]=0..4 u16[6]=length length=8..13

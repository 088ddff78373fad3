# Industrial control, buildings, vehicles, meters.

protocol S7Comm
label 産業制御 (S7)
category IoT-Scada
port tcp 102
match tcp 0=x0300 u16[2]=length u8[4]=2 u8[5]=0xf0 7=x32
match tcp 0=x0300 u8[4]=2 u8[5]=0xf0 7=x32

protocol S7CommPlus
label 産業制御 (S7+)
category IoT-Scada
match tcp 0=x0300 u8[4]=2 u8[5]=0xf0 7=x72

protocol ISO9506-1-MMS
label 産業制御 (MMS)
category IoT-Scada
match tcp 0=x0300 u8[4]=2 u8[5]=0xf0 7=x0100010061
match tcp 0=x0300 u8[4]=2 u8[5]=0xf0 u8[7]=0x0d..0x0e 9..300~x28ca220101
match tcp 0=x0300 u8[4]=2 u8[5]=0xf0 u8[7]=0x0d..0x0e 9..300~x28ca220201
match tcp 0=x0300 u8[4]=2 u8[5]=0xf0 u8[7]=0xa0..0xa9 port=102

protocol Modbus
match tcp 2=x0000 u16[4]=length-6 u8[7]=1..6 length=12 port=502
match tcp 2=x0000 u16[4]=length-6 u8[7]=1..0x2b both length=8..260

protocol UMAS
label 産業制御 (UMAS)
category IoT-Scada
match tcp port=502 2=x0000 u16[4]=length-6 u8[7]=0x5a

protocol DNP3
match tcp 0=x0564 length=10..
match udp 0=x0564 length=10.. port=20000

protocol BACnet
label 産業制御 (BACnet)
category IoT-Scada
port udp 47808
match udp u8[0]=0x81 u8[1]=0..0x0c u16[2]=length length=5..
match udp port=47808 u8[0]=0x81

protocol IEC60870
label 産業制御 (IEC 104)
category IoT-Scada
port tcp 2404
match tcp 0=x68 u8[1]=length-2 length=6..255
match tcp port=2404 0=x68 u8[1]=4..253

protocol EthernetIP
match tcp port=44818 u16le[2]=length-24 length=24..
match udp port=44818 u16le[2]=length-24 length=24..
match udp port=2222 u16le[0]=2 u16le[2]=0x8002

protocol CIP
label 産業制御 (CIP)
category IoT-Scada
match udp port=2222 u16le[0]=2 u16le[2]=0x8002 u16le[4]=8

protocol OPC-UA
label 産業制御 (OPC UA)
category IoT-Scada
port tcp 4840
match tcp 0="HELF" u32le[4]=length
match tcp 0="ACKF" u32le[4]=length
match tcp 0="OPNF" u32le[4]=length
match tcp 0="MSGF" u32le[4]=length
match tcp 0="MSGC" u32le[4]=length
match tcp 0="CLOF" u32le[4]=length
match tcp 0="ERRF" u32le[4]=length
match tcp 0="RHEF" u32le[4]=length

protocol FINS
label 産業制御 (FINS)
category IoT-Scada
port udp 9600
port tcp 9600
match udp u8[0]=0x80..0x81 u8[1]=0 u8[2]=1..7 length=12.. port=9600
match udp u8[0]=0xc0..0xc1 u8[1]=0 u8[2]=1..7 length=14.. port=9600
match tcp 0="FINS" u32[4]=length-8
match udp u8[0]=0x80 1=x00 u8[2]=2 u8[9]=0..255 u8[10]=1..0x27 u8[11]=1..0x30 length=12.. both

protocol MELSEC
label 産業制御 (三菱 MELSEC)
category IoT-Scada
port tcp 5001 5002 5006 5007
port udp 5000 5005
match both 0=x5000 2=x00ff u16[4]=0x03ff..0xff03 u16le[7]=length-9 length=13..
match both 0=xd000 2=x00ff u16[4]=0x03ff..0xff03 u16le[7]=length-9 length=11..
match both 0=x5400 4=x0000 u16le[11]=length-13 length=15..
match both 0=xd400 4=x0000 u16le[11]=length-13 length=13..
match both 0="500000FF03FF00" printable
match both 0="D00000FF03FF00" printable

protocol BeckhoffADS
label 産業制御 (Beckhoff ADS)
category IoT-Scada
port tcp 48898
port udp 48899
match tcp 0=x0000 u32le[2]=length-6 length=38.. u16le[22]=1..9
match udp port=48899 0=x03661471

protocol Ether-S-Bus
label 産業制御 (Saia S-Bus)
category IoT-Scada
port udp 5050
match udp port=5050 u32[0]=length u8[4]=0..1 u8[5]=0..1 length=11..

protocol EtherSIO
label 産業制御 (Saia Ether-S-I/O)
category IoT-Scada
port udp 6060
match udp port=6060 0="ESIO"

protocol IEEE-C37118
label 電力計測 (C37.118)
category IoT-Scada
port tcp 4712
port udp 4713
match both u8[0]=0xaa u8[1]&0x8f=1..2 u16[2]=length length=16..
match both u8[0]=0xaa u8[1]&0x80=0 u16[2]=length length=16..

protocol IEC62056
label 検針 (DLMS/COSEM)
category IoT-Scada
port tcp 4059
port udp 4059
match both 0=x0001 u16[6]=length-8 length=9..
match both port=4059 0=x0001 length=9..
match tcp 0=x7ea0 u8[2]=length-2 -1=x7e

protocol ANSI_C1222
label 検針 (C12.22)
category IoT-Scada
port tcp 1153
port udp 1153
match both port=1153 0=x60 length=20..

protocol KNXnet_IP
label 住宅・ビル制御 (KNX)
category IoT-Scada
port udp 3671
port tcp 3671
match tcp 0=x0610 u16[2]=0x0201..0x0955 u16[4]=6..255
match both 0=x0610 u16[2]=0x0201..0x0955 u16[4]=length
match both 0=x0620 u16[2]=0x0201..0x0955 u16[4]=length

protocol CNP-IP
label ビル制御 (LonWorks)
category IoT-Scada
port udp 1628 1629
match udp u16[0]=length u8[2]=1 u8[3]=1..0x7f length=20.. port=1628,1629

protocol PROFINET_IO
label 産業制御 (PROFINET)
category IoT-Scada
port udp 34964
match udp as=DCERPC u8[0]=4 8..30~xdea00001
match udp as=DCERPC u8[0]=4 8..60~x0100a0de976cd1118271
match udp as=DCERPC u8[0]=4 8..60~x0200a0de976cd1118271
match udp as=DCERPC u8[0]=4 24=xdea00001
match udp as=DCERPC u8[0]=4 24=xdea00002
match udp as=DCERPC u8[0]=4 8=xdea00000
match udp as=DCERPC u8[0]=4 8=x0000a0de

protocol DCERPC
match udp u8[0]=4 u8[1]=0..10 u8[4]&0x0f=0 length=80.. u16le[74]=length-80
match udp u8[0]=4 u8[1]=0..10 u16[74]=length-80 length=80..
match tcp 0=x0500 u8[2]=0..19 u8[4]=0x10 u16le[8]=length length=16..
match tcp 0=x0500 u8[2]=11..14 4=x10000000 length=24..
match tcp 0="ncacn_http/1.0"

protocol EGD
label 産業制御 (GE EGD)
category IoT-Scada
port udp 18246
match udp port=18246 u8[0]=0x0d u8[1]=1 length=32..

protocol HiSLIP
label 計測器 (HiSLIP)
category IoT-Scada
port tcp 4880
match tcp 0="HS" u8[2]=0..40 length=16..

protocol TriStation
label 安全計装 (TriStation)
category IoT-Scada
port udp 1502
match udp port=1502 u8[0]=1..6 length=6.. 1=x00

protocol ATG
label 貯蔵量計 (ATG)
category IoT-Scada
port tcp 10001
match tcp port=10001 client u8[0]=1 u8[1]=0x49..0x53 length=6..100
match tcp client 0="\x01I20" length=6..20
match tcp client u8[0]=0x49..0x73 u8[1]=0x30..0x39 u8[2]=0x30..0x39 u8[3]=0x30..0x39 u8[4]=0x30..0x39 length=6..20 port=10001

protocol Crestron
label 会議室制御 (Crestron)
category IoT-Scada
port udp 41794
match udp port=41794 0=x14000000 length=20..
match udp port=41794 0=x15000000 length=20..

protocol COAP
label IoT通信 (CoAP)
category RPC
port udp 5683 5684
match udp port=5683,5684,61616..61631 u8[0]&0xc0=0x40 u8[1]=0..5 length=4..
match udp port=5683,5684,61616..61631 u8[0]&0xc0=0x40 u8[1]=0x40..0xa5 length=4..
match udp u8[0]&0xf0=0x40 u8[0]&0x0f=0..8 u8[1]=1..4 5..20~"well-known"

protocol Matter
label スマートホーム (Matter)
category IoT-Scada
port udp 5540
match udp port=5540 u8[0]&0xf0=0 length=8..

protocol TuyaLP
label スマートホーム (Tuya)
category IoT-Scada
port udp 6666 6667 7000
port tcp 6668
match udp 0=x000055aa -4=x0000aa55
match tcp 0=x000055aa -4=x0000aa55
match udp 0=x00006699 -4=x00009966
match udp port=6666,6667 0=x000055aa

protocol TPLINK_SHP
label スマートホーム (TP-Link)
category IoT-Scada
port tcp 9999
port udp 9999
match udp 0=xd0f281f88bff9af7
match udp port=9999 0=xd0
match tcp u32[0]=length-4 4=xd0f281f88bff9af7
match tcp port=9999 4=xd0

protocol NestLogSink
label スマートホーム (Nest)
category Cloud
port tcp 11095
match tcp port=11095 u16le[0]=length-2 length=20..
match tcp u8[0]=0..2 u8[1]=0..0x10 u8[2]=0..4 u16[3]=1..4000 port=11095

protocol Xiaomi
label スマートホーム (Xiaomi)
category Web
port udp 54321
match udp 0=x2131 u16[2]=length
match udp port=54321 0=x2131
match tcp port=5222 0=x00020016
match tcp 0=xc2fe0005 length=12..
match tcp u16[0]=0xc2fe length=12..

protocol Sonos
label スピーカー (Sonos)
category Music
port tcp 1400 1443 4444
port udp 6969
host sonos.com sonos.radio
match udp port=6969,1900,1901 0=x00000000 8..100~"Sonos"

protocol EasyWeather
category IoT-Scada
port udp 46000 59387

protocol SamsungSDP
category Network
port udp 15600
match udp port=15600 0..40~"Samsung"
match udp port=15600 length=35

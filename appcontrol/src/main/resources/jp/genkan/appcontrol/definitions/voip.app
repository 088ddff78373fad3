# Calls and messengers that show themselves by their octets.

protocol SIP
match udp 0="REGISTER sip:"i
match udp 0="INVITE sip:"i
match udp 0="OPTIONS sip:"i
match both 0="SIP/2.0 "
match udp 0="NOTIFY sip:"
match udp 0="SUBSCRIBE sip:"
match udp 0="MESSAGE sip:"
match udp 0="PUBLISH sip:"
match udp 0="BYE sip:"
match udp 0="ACK sip:"
match udp 0="CANCEL sip:"

protocol MGCP
label IP電話 (MGCP)
category VoIP
port udp 2427 2727
match udp 0="AUEP " 5..300~"MGCP "
match udp 0="AUCX " 5..300~"MGCP "
match udp 0="CRCX " 5..300~"MGCP "
match udp 0="DLCX " 5..300~"MGCP "
match udp 0="EPCF " 5..300~"MGCP "
match udp 0="MDCX " 5..300~"MGCP "
match udp 0="NTFY " 5..300~"MGCP "
match udp 0="RQNT " 5..300~"MGCP "
match udp 0="RSIP " 5..300~"MGCP "

protocol Megaco
label IP電話 (Megaco)
category VoIP
port udp 2944 2945
port tcp 2944 2945
match udp 0="!/" u8[2]=0x31..0x33 3..6~" ["
match udp 0="!/" u8[2]=0x31..0x33 3..6~" <"
match udp 0="MEGACO/"
match udp port=2944 0="!/"

protocol H323
label IP電話 (H.323)
category VoIP
port tcp 1720
port udp 1719 1718
match tcp 0=x0300 u16[2]=length u8[4]=8 u8[5]=1..2 u8[9]=1..0x7d
match tcp 0=x0300 u16[2]=5..2000 u8[4]=8 u8[5]=1..2 port=1720
match udp port=1719 u8[0]=0x80..0x81 length=5..
match udp port=1718..1719 u8[0]=0x00..0x2f length=20..

protocol IAX
label IP電話 (IAX2)
category VoIP
port udp 4569
match udp port=4569 u8[0]&0x80=0x80 u8[10]=1..10 length=12..

protocol CiscoSkinny
label IP電話 (Cisco SCCP)
category VoIP
port tcp 2000
match tcp port=2000 u32le[0]=length-8 u32le[4]=0..22 length=12..
match tcp port=2000 u32le[0]=4..2000 u32le[4]=0..22 length=12..
match tcp port=2000 u32le[0]=4..200 4=x00000000 u8[9]=0..3

protocol NOE
label IP電話 (Alcatel)
category VoIP
port udp 32512 32640
match udp port=32512,32640,5000 length=1 u8[0]=4..5
match udp u8[0]=7 3=x006200 length=5.. port=32512,32640

protocol TeamSpeak
label 音声チャット (TeamSpeak)
category VoIP
port udp 9987 8767
port tcp 10011 30033
match udp 0="TS3INIT1"
match udp 0=xf4be0300
match udp 0=xf4be0400
match tcp 0="TS3\n\r"

protocol Mumble
host mumble.info
label 音声チャット (Mumble)
category VoIP
port udp 64738
match udp length=12 0=x00000000
then u16[0]=1 length=24

protocol TruPhone
label 通話 (Truphone)
category VoIP
match tcp 0="<stream:stream xmlns='jabber:client' xmlns:stream=" 50..200~"gmail"
match tcp 0="<stream:stream xmlns='jabber:client'" port=1299

protocol Fuze
category VoIP

protocol RTCP
label 通話の制御 (RTCP)
category VoIP

protocol BFCP
label 会議の制御 (BFCP)
category VoIP
match both u8[0]=0x20 u8[1]=1..16 u16[2]=0..64 u32[4]=1..0xffff length=12..16 both
match both u8[0]=0x20 u8[1]=1..16 u16[2]=1..64 u32[4]=1..0xffffffff u16[8]=1..0xffff length=16..268 u8[12]=0x02..0x28

protocol STUN
label 通話の準備 (STUN)
category Network
port udp 3478 3479
port tcp 3478

protocol DTLS
label 暗号化通信 (DTLS)
category Web

protocol Jabber
label メッセンジャー (XMPP)
category Chat
port tcp 5222 5269 5298
match tcp 0="<?xml version=" 14..400~"jabber:"
match tcp 0="<stream:stream"
match tcp 0="<?xml version=" 14..400~"<stream:stream"

protocol IRC
label チャット (IRC)
category Chat
port tcp 6667 6668 6669 194
match tcp client 0="NICK " 5..200~"\nUSER "
match tcp client 0="USER " 5..200~"\nNICK "
match tcp client 0="CAP LS"
match tcp client 0="PASS " 5..200~"\nNICK "
match tcp server 0=":" 2..200~" NOTICE "
match tcp server 0="NOTICE AUTH"
match tcp client 0="NICK " printable port=6660..6669,7000,8067
match tcp server 0="PING :" port=6660..6669,7000

protocol OICQ
label メッセンジャー (QQ)
category Chat
port udp 8000
match udp 0=x02 -1=x03 length=11.. port=8000 u32[7]=10000..0xffffffff
match udp 0=x02 -1=x03 length=13.. u16[3]=1..0x3f4 u16[1]=0x0100..0x40ff u32[7]=10000..0xffffffff times=2

protocol Telegram
label メッセンジャー (Telegram)
category Chat
match tcp client packet=1 0=xefefefef length=4..
match tcp client packet=1 0=xeeeeeeee
match tcp client packet=1 0=xdddddddd
match tcp client packet=1 port=443,80,5222 u8[0]=0xef u8[1]=1..0x7e length=40..

protocol SMPP
label SMS (SMPP)
category Download
port tcp 2775
match tcp u32[0]=length 4=x00000002 u32[8]=0 length=16..
match tcp u32[0]=length 4=x00000009 u32[8]=0 length=17..
match tcp u32[0]=length 4=x00000001 u32[8]=0 length=17..
match tcp u32[0]=length u16[4]=0x8000 u8[7]=1..21 length=16.. port=2775
match tcp u32[0]=length u16[4]=0 u8[7]=1..21 u32[8]=0 length=16.. port=2775

protocol LineCall
label 通話 (LINE)
category VoIP

protocol Usenet
label ニュース (NNTP)
category Web
port tcp 119 563
match tcp server 0="200 " packet=1 port=119,563
match tcp server 0="201 " packet=1 port=119
match tcp server 0="20" u8[2]=0x30..0x31 u8[3]=0x20 packet=1
then 0="AUTHINFO USER "i
match tcp server 0="20" u8[2]=0x30..0x31 u8[3]=0x20 packet=1
then 0="MODE READER\r\n"i

protocol Paltalk
category Chat

protocol OCS
category Media

protocol WhatsApp
label メッセンジャー (WhatsApp)
category Chat
host whatsapp.com whatsapp.net wa.me
match tcp client packet=1 0="WA" u8[2]=1..9 length=8..
match tcp client packet=1 0=x45440001 0..80~"WA"

protocol Threema
label メッセンジャー (Threema)
category Chat
host threema.ch threema.work
match tcp port=5222,5443,443 client packet=1 length=48
then length=80

protocol Viber
label メッセンジャー (Viber)
category VoIP
host viber.com viber.io
port tcp 4244 5242 5243 9785
port udp 5243 7985 7987 9785
match tcp client packet=1 u16le[0]=length 3=x000000 u8[2]=0..20 port=4244,5242,443,80 length=40..
match udp packet=1..2 2=x0300 length=12..20 port=7985,7987,5243,9785
match udp 2=x0300 length=12 then 2=x0400 length=20
match udp 2=x1900 length=34 port=7985,7987,5243,9785
match udp u8[2]=1..26 u8[3]=0 length=12.. port=7985,7987

protocol LineCall
match udp u8[0]&0xf0=0xd0 u16[0]&0x07ff=length-4 length=100.. times=2

protocol Discord
label 音声チャット (Discord)
category Collaborative
host discord.com discordapp.com discord.gg discord.media discordapp.net discordcdn.com
match udp length=8 0=x1337cafe
match udp length=74 0=x00010046
match udp length=74 0=x00020046
match udp client length=70 0=x00000000 then length=70

protocol IMO
label メッセンジャー (imo)
category VoIP
host imo.im imoim.net
match udp server packet=1 length=11 0=x0009
match udp length=10 0=x09021a0000000000

protocol Zoom
label 会議 (Zoom)
category Video
host zoom.us zoom.com zoomgov.com zoom.com.cn zmail.us
match udp port=8801..8810,3478 u8[0]=1..5 length=36.. 5=x0f0000

protocol TelegramVoip
label 通話 (Telegram)
category VoIP
match udp length=32 0=xffffffffffffffffffffffff
match udp length=28..60 0=x03ffffff 12=xffffffffffffffffffffffff
match udp length=32 16=xffffffffffffffffffffffff
match udp length=40.. 16=xffffffffffffffffffffffffff

protocol KCP
label ゲーム等の転送 (KCP)
category Network
match udp u8[4]=0x51..0x54 u32le[20]=length-24 length=24.. 10=x0000
match udp u8[4]=0x51..0x54 u32le[20]=length-24 length=24.. times=2

# Streaming, printing, things around the office.

protocol RTSP
label 映像配信 (RTSP)
category Media
port tcp 554 8554
match tcp 0="OPTIONS rtsp://"i
match tcp 0="DESCRIBE rtsp://"i
match tcp 0="SETUP rtsp://"i
match tcp 0="PLAY rtsp://"i
match tcp 0="GET_PARAMETER rtsp://"i
match tcp 0="TEARDOWN rtsp://"i
match tcp 0="ANNOUNCE rtsp://"i
match tcp 0="OPTIONS * RTSP/1.0"
match tcp 0="RTSP/1.0 "
match udp 0="RTSP/1.0 "
match tcp 0="GET " 4..600~"application/x-rtsp-tunnelled"

protocol RTMP
label 映像配信 (RTMP)
category Media
port tcp 1935
match tcp client packet=1 0=x03 5=x00000000 length=1400..1537
match tcp client packet=1 port=1935 u8[0]=3..6 length=9..
match tcp client packet=1 u8[0]=3 5=x00000000 length=1000..
match tcp client packet=1 u8[0]=3 5=x80000702 length=1000..

protocol MPEG_TS
label 映像配信 (MPEG-TS)
category Media
match udp u8[0]=0x47 u8[188]=0x47 length=376..1504
match udp u8[0]=0x47 length=188

protocol IceCast
label ラジオ (Icecast)
category Media
port tcp 8000
match tcp 0="SOURCE /" 8..300~"ice-name"i
match tcp 0="ICY 200 OK"
match tcp 0="HTTP/1." 9..600~"icy-name"i
match tcp 0="HTTP/1." 9..300~"Server: Icecast"i

protocol MpegDash
label 映像配信 (MPEG-DASH)
category Media
content application/dash+xml
url *.mpd *.m4s

protocol HLS
label 映像配信 (HLS)
category Media
content application/vnd.apple.mpegurl application/x-mpegurl audio/mpegurl audio/x-mpegurl

protocol Spotify
label 音楽 (Spotify)
category Music
host spotify.com scdn.co spotifycdn.com spotify.design pscdn.co
agent spotify
port udp 57621
match udp 0="SpotUdp"
match tcp client packet=1 0=x0004 u8[2]=0 u8[5]=0x52 u8[6]=0x0e u8[7]=0x50

protocol IPP
label 印刷 (IPP)
category System
port tcp 631
content application/ipp
match udp port=631 printable=0..20 length=10.. u8[0]=0x30..0x66

protocol LPD
label 印刷 (LPD)
category System
port tcp 515
match tcp client port=515 u8[0]=1..5 -1="\n" length=3..100

protocol JetDirect
label 印刷 (RAW)
category System
port tcp 9100
match tcp 0="\x1b%-12345X"
match tcp 0="@PJL "

protocol BJNP
label 印刷 (Canon)
category Network
port udp 8610 8611 8612 8613
match udp 0="BJNP"
match udp 0="BJNB"
match udp 0="MFNP"
match udp 0="BJWS"

protocol WebDAV
label ファイル共有 (WebDAV)
category Collaborative
match tcp 0="PROPFIND " as=HTTP 9..1400~" HTTP/1."
match tcp 0="PROPPATCH " as=HTTP 9..1400~" HTTP/1."
match tcp 0="MKCOL " as=HTTP 6..1400~" HTTP/1."
match tcp 0="LOCK " as=HTTP 5..1400~" HTTP/1."
match tcp 0="UNLOCK " as=HTTP 7..1400~" HTTP/1."

protocol SteamDiscovery
category Game

protocol WebSocket
match tcp u8[0]=0x81 u8[1]=length-2 length=4..127 printable=2..20
then u8[0]=0x81 u8[1]&0x80=0x80 length=7..
match tcp 0="GET " 4..1400~"Upgrade: websocket"i

protocol Ookla
label 速度測定 (Speedtest)
category Network
port tcp 8080 5060
host ookla.com speedtest.net ooklaserver.net
match tcp client packet=1 0="HI" -1="\n" length=3..60 printable
then server 0="HELLO "
match tcp server 0="HELLO 2." packet=1
match tcp server 0="HELLO " 6..30~"(2." packet=1

protocol Chromecast
label 映像転送 (Chromecast)
category Media
port tcp 8008 8009

protocol AVAST
label ウイルス対策 (Avast)
category Network
host avast.com avcdn.net
match tcp 0=x4e4f5356  length=20..

protocol iperf
label 速度測定 (iperf)
category Network
port tcp 5201 5001
port udp 5201 5001
match tcp client packet=1 length=37 port=5201 -1=x00 printable=0..36

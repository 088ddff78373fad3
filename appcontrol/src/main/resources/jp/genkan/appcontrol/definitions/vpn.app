# VPN and tunnels.

protocol WireGuard
label VPN (WireGuard)
category VPN
port udp 51820
match udp length=148 0=x01000000
match udp length=92 0=x02000000
match udp length=64 0=x03000000
match udp 0=x04000000 length=32.. times=3
match udp 0=x04000000 length=32.. both

protocol OpenVPN
label VPN (OpenVPN)
category VPN
port udp 1194
port tcp 1194
match udp u8[0]=0x38 length=14..300
then u8[0]=0x40 length=22..300
match udp u8[0]=0x50 length=14..600
then u8[0]=0x40 length=22..600
match udp u8[0]=0x08 length=14..300
then u8[0]=0x10 length=22..300
match udp port=1194 u8[0]=0x38 length=14..300
match udp port=1194 u8[0]=0x40 length=22..300
match tcp u16[0]=length-2 u8[2]=0x38 length=16..300
then u8[2]=0x40
match tcp u16[0]=length-2 u8[2]=0x50 length=16..600
then u8[2]=0x40
match tcp port=1194 u16[0]=length-2 u8[2]=0x38

protocol IPSec
label VPN (IPsec)
category VPN
port udp 500 4500 848
match udp port=500,4500,848 u32[24]=length u8[17]=0x10..0x2f length=28..
match udp port=4500 0=x00000000 u32[28]=length-4 u8[21]=0x10..0x2f
match udp port=4500 length=1 0=xff
match udp port=4500 u32[0]=1..0xffffffff length=40..
match udp u32[24]=length u8[17]=0x10 u8[16]=1 u8[18]=2..4 length=84..
match udp u32[24]=length u8[17]=0x20 u8[16]=33..46 u8[18]=34..37 length=84..

protocol L2TP
label VPN (L2TP)
category VPN
port udp 1701
match udp port=1701 u16[0]&0xcb0f=0xc802 u16[2]=length
match udp port=1701 u16[0]&0xcb0f=0xc802 u16[2]=12..1500
match udp port=1701 u16[0]&0x800f=0x0002 length=8..
match udp u16[0]=0xc802 u16[2]=length u16[4]=0 u16[6]=0 12=x8008

protocol PPTP
label VPN (PPTP)
category VPN
port tcp 1723
match tcp u16[0]=length u16[2]=1 4=x1a2b3c4d

protocol CiscoVPN
label VPN (Cisco)
category VPN
port tcp 10000
port udp 10000
match tcp port=10000 0=x17010000
match udp port=10000 0=xfe577e2b
match udp port=10000 0=xfbf4

protocol Softether
host softether-network.net softether.org softether.com
label VPN (SoftEther)
category VPN
port udp 5004
match tcp 0="POST /vpnsvc/" as=HTTP
match tcp 0="GET /vpnsvc/" as=HTTP
match udp 0="IP=" 3..20~",PORT="
match tcp 0..200~"VPNCONNECT"

protocol TINC
label VPN (tinc)
category VPN
port tcp 655
port udp 655
match tcp 0="0 " printable length=6..120 -4=" 17\n"
match tcp 0="0 " printable length=6..120 2..110~" 17."

protocol Tailscale
label VPN (Tailscale)
category VPN
match udp 0=x5453f09f92ac

protocol ZeroTier
label VPN (ZeroTier)
category VPN
port udp 9993

protocol Hamachi
label VPN (Hamachi)
category VPN
port tcp 12975
port udp 17771
match tcp port=12975 0=x000000 length=8..

protocol Teredo
label トンネル (Teredo)
category Network
port udp 3544
match udp port=3544 u8[0]&0xf0=0x60 length=40..
match udp port=3544 0=x0001 length=61..
match udp port=3544 0=x0000 8=x6000 length=48..

protocol 6in4
category Network

protocol SOCKS
label プロキシ (SOCKS)
category Web
port tcp 1080
match tcp client u8[0]=5 u8[1]=1 length=3
then length=2 u8[0]=5
match tcp client u8[0]=5 u8[1]=2 length=4
then length=2 u8[0]=5
match tcp client u8[0]=5 u8[1]=3 length=5
then length=2 u8[0]=5
match tcp client u8[0]=5 u8[1]=4 length=6
then length=2 u8[0]=5
match tcp client u8[0]=4 u8[1]=1..2 length=9..80 -1=x00
then u8[0]=0 u8[1]=0x5a..0x5d length=8

protocol HTTP_Proxy
label プロキシ (HTTP)
category Web
port tcp 3128

protocol HTTP_Connect
label プロキシ (CONNECT)
category Web
match tcp 0="CONNECT " 8..300~" HTTP/1."

protocol HAProxy
label 負荷分散 (PROXY)
category Web
match tcp 0="PROXY TCP4 "
match tcp 0="PROXY TCP6 "
match tcp 0="PROXY UNKNOWN"
match tcp 0=x0d0a0d0a000d0a515549540a

protocol NetMotion
label VPN (NetMotion)
category VPN
port udp 5008

protocol FortiClient
label VPN (Fortinet)
category VPN
port tcp 8013
match tcp port=8013 0="\x00\x00" 2..20~"FCTP"
match tcp 0="FGT|"
match tcp 0="FCTVER"
match udp port=8009,8008 0..40~"FORTICLIENT"

protocol DNScrypt
label 暗号化DNS (DNSCrypt)
category Network
match udp 0="q6fnvWj8" length=64..
match udp 0="r6fnvWj8" length=48..
match udp 0=x717a664e76576a38
match udp 0..120~"2\rdnscrypt-cert"i
match udp 12..80~"dnscrypt-cert" port=443,53,5353,2053,8443

protocol CloudflareWarp
label VPN (Cloudflare WARP)
category VPN
host cloudflareclient.com
match udp port=2408,500,1701,4500 to=162.159.192.0/23 length=40..
match udp port=2408 to=162.159.195.0/24 length=40..
match udp port=2408 to=2606:4700:d0::/47 length=40..

protocol Tor
label 匿名通信 (Tor)
category VPN
host torproject.org
port tcp 9001 9030 9050 9051

# IP protocols without ports.

protocol ICMP
label 制御メッセージ (ICMP)
category Network
ip 1

protocol ICMPV6
label 制御メッセージ (ICMPv6)
category Network
ip 58

protocol IGMP
label マルチキャスト管理 (IGMP)
category Network
ip 2

protocol EGP
category Network
ip 8

protocol GRE
label トンネル (GRE)
category Network
ip 47

protocol OSPF
label 経路制御 (OSPF)
category Network
ip 89

protocol SCTP
category Network
ip 132

protocol IP_in_IP
label トンネル (IP in IP)
category Network
ip 4 41 94

protocol VRRP
label 冗長化 (VRRP)
category Network
ip 112

protocol PGM
category Network
ip 113

protocol IP_PIM
label マルチキャスト経路 (PIM)
category Network
ip 103

protocol IPSec
label VPN (IPsec)
category VPN
ip 50 51

protocol EIGRP
label 経路制御 (EIGRP)
category Network
ip 88

protocol L2TP
label VPN (L2TP)
category VPN
ip 115

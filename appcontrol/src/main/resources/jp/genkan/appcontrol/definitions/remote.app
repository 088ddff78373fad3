# Remote control of machines.

protocol TeamViewer
label 遠隔操作 (TeamViewer)
category RemoteAccess
port tcp 5938
port udp 5938
match tcp 0=x1724 length=5.. u8[2]=1..0x60
match tcp 0=x1130 length=5.. u8[2]=0..0x60
match udp 0=x00 11=x1724 length=14..
match udp 2=x00 13=x1724 length=16..

service TeamViewer
host teamviewer.com teamviewer.us dyngate.com

protocol AnyDesk
label 遠隔操作 (AnyDesk)
category RemoteAccess
port tcp 7070 6568
host anydesk.com anydesk.net
certificate "AnyNet" "anynet relay" "AnyDesk"
match udp port=50001..50003 0=x3ed1

protocol NoMachine
label 遠隔操作 (NoMachine)
category RemoteAccess
port tcp 4000
match tcp 0="NXSH-"
match tcp 0="NXD-"
match udp 0=x0100000001 port=4000 length=20..

protocol Citrix
label 仮想デスクトップ (Citrix)
category RemoteAccess
port tcp 1494 2598
match tcp 0=x7f7f49434100
match tcp 0=x1a4347502f3031
match tcp 0="CGP/01"

protocol Telnet
match tcp u8[0]=0xff u8[1]=0xfa..0xfe u8[2]=0..39 length=3..
match tcp port=23 u8[0]=0xff u8[1]=0xf0..0xfe length=3..

protocol RSH
label 遠隔操作 (rsh)
category RemoteAccess
port tcp 514 513 512
match tcp port=512..514 client packet=1 length=2..6 -1=x00 u8[0]=0x30..0x39

protocol RDP
match tcp 0=x0300 u16[2]=length u8[4]=length-5 u8[5]=0xe0 7..80~"Cookie: mstshash="
match tcp port=3389 0=x0300 u16[2]=length u8[5]=0xe0
match tcp port=3389 0=x0300 u16[2]=length u8[5]=0xd0
match udp port=3389 0=xffffffff length=100..
match tcp 0=x030000130ee0000000000001000800
match tcp 0=x0300 u16[2]=length u8[4]=14 u8[5]=0xe0 11=x0100 13=x0800

protocol HPVIRTGRP
label 仮想化 (HP)
category Network
port udp 5223

protocol VMware
label 仮想化 (VMware)
category RemoteAccess
port tcp 903 902
port udp 902 903
match udp port=902 u8[0]=0xa4 length=66
match tcp 0="220 VMware Authentication Daemon"

protocol Dameware
label 遠隔操作 (DameWare)
category RemoteAccess
port tcp 6129
match tcp port=6129 0=x30110000

protocol RustDesk
label 遠隔操作 (RustDesk)
category RemoteAccess
host rustdesk.com
port tcp 21115 21116 21117
port udp 21116

protocol ApplePush
label 通知 (Apple)
category Cloud
host push.apple.com courier.push.apple.com

protocol AppleRemoteDesktop
label 遠隔操作 (Apple)
category RemoteAccess
port udp 3283
match udp port=3283 0=x00140001 length=4..

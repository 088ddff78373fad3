# Games that show themselves by their octets.

protocol Source_Engine
label ゲーム (Source)
category Game
match udp 0=xffffffff 4="TSource Engine Query"
match udp 0=xffffffff u8[4]=0x49 u8[5]=0x11 length=20..
match udp 0=xffffffff u8[4]=0x55 length=9
match udp 0=xffffffff u8[4]=0x41 length=9

protocol Steam
label ゲーム (Steam)
category Game
port udp 27036
port tcp 27036
match udp 0=xffffffff214c5fa0
match tcp 4="VT01"
match udp 0="VS01" length=36..
match udp port=27005,27015..27030 0=x313000001a0000
match udp u32[0]=0x31ff3000 length=8..

protocol SteamDatagramRelay
label ゲーム (Steam)
category Game
match udp 0=x01 24..60~"sdping" length=32..
match udp u8[0]=1..3 1..20~"sdping"

protocol RakNet
label ゲーム (RakNet)
category Game
port udp 19132
match udp u8[0]=5 1=x00ffff00fefefefefdfdfdfd12345678 length=18..
match udp u8[0]=6 1=x00ffff00fefefefefdfdfdfd12345678
match udp u8[0]=7 1=x00ffff00fefefefefdfdfdfd12345678
match udp u8[0]=8 1=x00ffff00fefefefefdfdfdfd12345678
match udp u8[0]=1..2 9=x00ffff00fefefefefdfdfdfd12345678
match udp u8[0]=0x1c 17=x00ffff00fefefefefdfdfdfd12345678

protocol Minecraft
label ゲーム (Minecraft)
category Game
port tcp 25565
match tcp client packet=1 u8[0]=length-1 u8[1]=0 port=25565
match tcp client packet=1 0=xfe01

protocol Roblox
label ゲーム (Roblox)
category Game
host roblox.com rbxcdn.com robloxlabs.com rbx.com
match udp u8[0]=0x7b..0x7d 1..20~xffffff00fefefefe

protocol Armagetron
label ゲーム (Armagetron)
category Game
match udp 0=x000b0000 u16[4]=length length=16..
match udp length=16 u16[0]=0x0006 u16[4]=4

protocol Crossfire
label ゲーム (Crossfire)
category Game
match udp length=8 u32[0]=0xc7d91999
match tcp 0="GET /" 5..300~"Host: crossfire."i as=HTTP
match tcp 0="GET /" 5..300~"Host: dnl.crossfire"i as=HTTP

protocol GuildWars2
label ゲーム (Guild Wars)
category Game
host guildwars2.com ncplatform.net
match tcp 0="P /Sts/" 5..40~" STS/1.0"
match tcp length=64 u16[1]=0x050c 50=x00000080

protocol Dofus
category Game
host dofus.com ankama.com

protocol WorldOfWarcraft
label ゲーム (WoW)
category Game
port tcp 3724
match tcp 0="WORLD OF WARCRAFT CONNECTION"
match tcp 2="WORLD OF WARCRAFT CONNECTION"
match tcp client packet=1 0=x0008 4="WoW\0"
match tcp client packet=1 4="WoW\0" length=30..
agent blizzard

protocol Starcraft
label ゲーム (StarCraft)
category Game

protocol HalfLife2
label ゲーム (Half-Life 2)
category Game
match udp 0=xffffffff u8[4]=0x69..0x71 length=6..

protocol Quake
category Game
match udp 0=xffffffff 4="getinfo"
match udp 0=xffffffff 4="getstatus"
match udp 0=xffffffff 4="getchallenge"
match udp 0=xffff 2="getInfo"
match udp 0=xffff 2="challenge"

protocol Playstation
label ゲーム (PlayStation)
category Game
host playstation.com playstation.net sonyentertainmentnetwork.com
port udp 9295 9296 9297 9303 987
match udp port=987,9302 0="SRCH * HTTP/1.1\n"
match udp 0="SRCH2 * HTTP/1.1\n" port=987,9302

protocol Xbox
label ゲーム (Xbox)
category Game
host xboxlive.com xbox.com xboxlive.cn xboxservices.com
port udp 3074
match udp port=3074 length=12.. 4=x00000000 u8[0]=0x00..0x0f u8[1]=0x65..0x66
match udp 0=x0000 length=36..1000 3..12~"xboxlive"

protocol Nintendo
label ゲーム (任天堂)
category Game
host nintendo.net nintendo.com nintendowifi.net nintendo-europe.com nintendoswitch.com nintendoswitch.cn nintendo.co.jp nintendo.*
match udp 0=x32ab9864
match udp 0=x32ab9864010000

protocol TocaBoca
label ゲーム (Toca Boca)
category Game
port udp 5055

protocol AmongUs
label ゲーム (Among Us)
category Game
port udp 22023 22123 22223 22323 22423 22523 22623 22723 22823 22923

protocol GenshinImpact
label ゲーム (原神)
category Game
host hoyoverse.com mihoyo.com yuanshen.com genshin.hoyoverse.com hoyolab.com
port udp 22101 22102
match udp length=20 0=x000000ff 16=x14514545
match udp length=20 0=x00000145 16=x14514545
match udp 0=x000000ff 12=x499602d2 16=xffffffff length=20

protocol Yojimbo
category Game
match udp u8[0]=0 1="NETCODE 1." length=40..

protocol Activision
label ゲーム (Activision)
category Game
host callofduty.com activision.com demonware.net

protocol CryNetwork
category Game

protocol MapleStory
category Game
match tcp 0="GET /maple" as=HTTP

protocol RiotGames
label ゲーム (Riot)
category Game
host riotgames.com leagueoflegends.com pvp.net riotcdn.net playvalorant.com

protocol ElectronicArts
label ゲーム (EA)
category Game
host ea.com origin.com tnt-ea.com

protocol EpicGames
label ゲーム (Epic)
category Game
host epicgames.com epicgames.dev unrealengine.com fortnite.com epicgames.net

protocol Mudfish
category Game

protocol CryNetwork
match udp client packet=1 u8[0]=0x3c 5=x00000000000000000000 length=40..120
then 1=x00000000000000000000000000000000

protocol RiotGames
match udp client packet=1 4=xa0324204 length=40..80
match udp length=36 -8=xaaaaaaaabbbbbbbb port=7000..8400

protocol LoLWildRift
label ゲーム (ワイルドリフト)
category Game
match udp 0=x04000000 length=69
then 0=x10000000 length=300..400
match udp client packet=1 0=x04000000 length=69 port=10001..10010,15000..15030,14000..14030

protocol TencentGames
label ゲーム (テンセント)
category Game
host gcloudcs.com igamecj.com proximabeta.com tencentgames.com intlgame.com
match tcp 0=x3366000b000b
match tcp 0=x336600090009
match tcp 0=x3366000a000a
match tcp 0=x4366aa00
match tcp 0=x4215f787
match tcp client u32[0]=length-4 4=x7801 length=20..

protocol GaijinEntertainment
label ゲーム (Gaijin)
category Game
host gaijin.net gaijinent.com gaijin.ops warthunder.com gaijin.lan
match udp 0="app.start,env="
match udp u16[0]=0x8fff port=20000..20200 u8[4]=0x82 u8[5]=0xff

protocol NetEaseGames
match udp length=12 u8[0]=1 3=x01112a3d03
label ゲーム (NetEase)
category Game
host netease.com easebar.com neteasegames.com nie.netease.com

protocol PathofExile
label ゲーム (Path of Exile)
category Game
host pathofexile.com grindinggear.com
port tcp 6112
match tcp port=6112 client packet=1 0=x0003 length=20..60 6..20~"PoE"
match tcp port=6112 client packet=1 0=x0003 u16[2]=0x0037 length=20..80

protocol AmongUs
match udp port=22023,22123,22223,22323,22423,22523,22623,22723,22823,22923 length=4.. u8[0]=0..12

protocol TocaBoca
match udp port=5055,5056,5058,27000..27002 0=xffff0001 u8[12]=1..13 length=20..
match udp port=5055,5056,5058,27000..27002 u8[2]=0..4 u8[3]=1..30 u8[12]=1..13 length=20..

protocol RakNet
match udp u8[0]=0x78..0x7f 1=x00ffff00fefefefefdfdfdfd12345678
match udp u8[0]=1 2..64~x00ffff00fefefefefdfdfdfd12345678
match udp u8[0]=0..0x1f 1=x00ffff00fefefefefdfdfdfd12345678

protocol Activision
match udp u8[0]=0x0d 1=x0200 length=29
then u8[0]=0x0c 1=x0200 length=29
match udp port=3074 client packet=1 u8[0]=0x28 length=17..18
then u8[0]=0x29 length=27

protocol iQIYI
label 動画 (iQIYI)
category Streaming
host iqiyi.com qiyi.com qy.net 71.am ppsimg.com pps.tv
match udp u8[0]=0x1c u16le[2]=length length=40..
then u16le[2]=length u8[0]=0x9c
match udp u16le[0]=length 2=x4474 length=20..

protocol Starcraft
match tcp client port=1119 0=x4a00000a66020aed2d66

protocol HalfLife2
match udp client packet=1 0=xffffffff length=20 -4=x30303000

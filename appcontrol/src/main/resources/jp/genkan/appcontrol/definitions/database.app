# Data bases, queues, and what programs speak among themselves.

protocol MySQL
label データベース (MySQL)
category Database
port tcp 3306
match tcp server u24le[0]=length-4 u8[3]=0 u8[4]=0x0a u8[5]=0x33..0x39
match tcp server u24le[0]=20..200 u8[3]=0 u8[4]=0x0a u8[5]=0x31..0x39 6..8~"."
match tcp server u8[3]=0 4=xff port=3306

protocol PostgreSQL
match tcp client u32[0]=length u32[4]=196608 length=9.. 8..20~"user"
match tcp client length=8 u32[0]=8 u32[4]=80877103..80877104
match tcp client length=16 u32[0]=16 u32[4]=80877102

protocol MongoDB
label データベース (MongoDB)
category Database
port tcp 27017 27018 27019
match tcp u32le[0]=length u32le[12]=2013 length=21..
match tcp u32le[0]=length u32le[12]=2004 length=30..
match tcp u32le[0]=length u32le[12]=1 length=36..
match tcp u32le[0]=length u32le[12]=2010..2012 length=20..
match tcp port=27017..27019 u32le[12]=2001..2013 length=16..

protocol RESP
label データベース (Redis)
category Database
port tcp 6379
match tcp client 0="*" u8[1]=0x31..0x39 2..5~"\r\n$"
match tcp client 0="PING\r\n" then 0="+PONG"
match tcp server 0="+OK\r\n" port=6379
match tcp port=6379 0="-NOAUTH"

protocol MsSQL-TDS
label データベース (SQL Server)
category Database
port tcp 1433
port udp 1434
match tcp u8[0]=0x12 u8[1]=0..1 u16[2]=length 4=x0000 6=x0000 8=x0000
match tcp u8[0]=0x12 u8[1]=1 u16[2]=length u8[7]=0 length=20..
match tcp u8[0]=0x10 u8[1]=0..1 u16[2]=length u32le[8]=length-8 length=36..
match tcp port=1433 u8[0]=1..0x12 u8[1]=0..1 u16[2]=length length=8..

protocol Oracle
label データベース (Oracle)
category Database
port tcp 1521
match tcp u16[0]=length 2=x0000 u8[4]=1 5=x00 6=x0000 u16[8]=0x0100..0x0160 length=34..
match tcp 26..300~"(DESCRIPTION=" u8[4]=1
match tcp port=1521 u16[0]=length u8[4]=1..14 2=x0000
match tcp port=1521 0=x07ff0300

protocol Cassandra
label データベース (Cassandra)
category Database
port tcp 9042 7000
match tcp u8[0]&0x7f=1..5 u8[1]=0..0x1f u8[4]=0..16 u32[5]=length-9 length=9.. both
match tcp u8[0]=3..5 u8[1]=0 u8[4]=5 u32[5]=0 length=9
match tcp u8[0]=3..5 u8[1]=0 u8[4]=1 u32[5]=length-9 11..40~"CQL_VERSION"

protocol DRDA
label データベース (DB2)
category Database
port tcp 446 50000
match tcp u16[0]=6..32767 u8[2]=0xd0 u8[3]&0xf0=0..0x70 u16[6]=u16[0]-6

protocol Memcached
label データベース (Memcached)
category Network
port tcp 11211
port udp 11211
match tcp client 0="set " -2="\r\n" printable length=10..300
match tcp client 0="get " -2="\r\n" printable port=11211
match tcp client 0="gets " -2="\r\n" printable port=11211
match tcp client 0="stats" 5..8~"\r\n" length=7..40
match tcp server 0="STAT " 5..60~"\r\nSTAT "
match tcp server 0="VALUE " -5="END\r\n"
match tcp server 0="STORED\r\n"
match tcp client 0="version\r\n"
match tcp port=11211 u8[0]=0x80..0x81 u8[1]=0..0x40 length=24..
match udp 4=x0001 6=x0000 8="get "
match udp 4=x0001 6=x0000 8="gets "
match udp 4=x0001 6=x0000 8="set "
match udp 4=x0001 6=x0000 8="stats"
match udp port=11211 6=x0000 length=10..

protocol Elasticsearch
label データベース (Elasticsearch)
category System
port tcp 9300
match tcp 0="ES" u32[2]=length-6 length=19..
match tcp 0="ES" port=9300

protocol ClickHouse
label データベース (ClickHouse)
category Database
port tcp 9000
match tcp client u8[0]=0 u8[1]=4..40 2..24~"ClickHouse"
match tcp server u8[0]=0 u8[1]=10 2="ClickHouse"

protocol Firebird
label データベース (Firebird)
category Database
port tcp 3050
match tcp client u32[0]=1 u32[4]=0x13 u32[8]=1..3

protocol IRIS
category Database
port tcp 1972

protocol AMQP
label メッセージ連携 (AMQP)
category RPC
port tcp 5672
match tcp 0="AMQP" u8[4]=0..3 length=8
match tcp u8[0]=1 u8[1]=0 u8[2]=0 u32[3]=length-8 7=x000a -1=xce
match tcp u8[0]=1..3 u16[1]=0..32 u32[3]=length-8 -1=xce length=8..

protocol MQTT
match tcp client u8[0]=0x10 u8[1]=length-2 2=x0004 4="MQTT"
match tcp client u8[0]=0x10 2=x0006 4="MQIsdp"
match tcp client u8[0]=0x10 3=x0004 5="MQTT"

protocol STOMP
label メッセージ連携 (STOMP)
category RPC
port tcp 61613
match tcp client 0="CONNECT\n" 8..200~"accept-version:"
match tcp client 0="STOMP\n" 6..200~"accept-version:"
match tcp client 0="CONNECT\n" -1=x00
match tcp server 0="CONNECTED\n" 10..100~":"

protocol OpenWire
label メッセージ連携 (ActiveMQ)
category RPC
port tcp 61616
match tcp u32[0]=length-4 u8[4]=1 5="\0ActiveMQ"
match tcp 5..6~"ActiveMQ"

protocol Nats
label メッセージ連携 (NATS)
category RPC
port tcp 4222
match tcp server 0="INFO {"
match tcp client 0="CONNECT {"
match tcp client 0="PUB " -2="\r\n" port=4222
match tcp client 0="SUB " -2="\r\n" port=4222

protocol ApacheKafka
label メッセージ連携 (Kafka)
category RPC
port tcp 9092
match tcp client u32[0]=length-4 u16[4]=18 u16[6]=0..4 u16[12]=1..128 length=14..200
match tcp client port=9092 u32[0]=length-4 u16[4]=0..74 u16[6]=0..16 length=14..

protocol ZeroMQ
label メッセージ連携 (ZeroMQ)
category RPC
match tcp 0=xff00000000000000 9=x7f length=10..
match tcp 0=xff00000000000001 9=x7f
match tcp length=2 0=x0100 both
match tcp u8[0]=0xff u8[8]=1 u8[9]=0x7f length=10..64

protocol Gearman
label ジョブ管理 (Gearman)
category RPC
port tcp 4730
match tcp 0="\0REQ" u32[8]=length-12 length=12..
match tcp 0="\0RES" u32[8]=length-12 length=12..

protocol Raft
category Network
match tcp u32le[0]=1 u32le[4]=0 port=9000..9020 length=16..40

protocol Thrift
label RPC (Thrift)
category RPC
port tcp 9090
match both 0=x80010001 u32[4]=1..100
match both 0=x80010002 u32[4]=1..100
match both 0=x80010003 u32[4]=1..100
match both 0=x80010004 u32[4]=1..100
match tcp u32[0]=length-4 4=x800100 u8[7]=1..4
match both 0=x8221 length=6..
match udp 0=x8221

protocol Corba
label RPC (CORBA)
category RPC
match tcp 0="GIOP" u8[4]=1 u8[5]=0..3
match udp 0="MIOP" u8[4]=0x10..0x13

protocol JRMI
label RPC (Java RMI)
category RPC
port tcp 1099
match tcp client 0="JRMI" 4=x0002 u8[6]=0x4b..0x4d

protocol FastCGI
label RPC (FastCGI)
category Network
port tcp 9000
match tcp client 0=x0101 4=x00080000 u16[8]=1..3
match tcp client u8[0]=1 u8[1]=1 u16[4]=8 length=16..

protocol AJP
label RPC (AJP)
category Web
port tcp 8009
match tcp client 0=x1234 u16[2]=length-4 u8[4]=2..10
match tcp server 0="AB" u16[2]=length-4 u8[4]=3..9

protocol JSON-RPC
label RPC (JSON)
category RPC
match tcp 0="{" 1..200~"\"jsonrpc\""
match tcp 0="[{" 2..200~"\"jsonrpc\""
match udp 0="{" 1..200~"\"jsonrpc\""

protocol FIX
label 証券取引 (FIX)
category RPC
match tcp 0="8=FIX." 6..16~"\x019="
match tcp 0="8=FIXT"
match tcp 0="8=O="

protocol HL7
label 医療情報 (HL7)
category RPC
port tcp 2575
match tcp 0="\x0bMSH" u8[4]=0x21..0x7e
match tcp 0="MSH|^~\\&|"

protocol DICOM
label 医療画像 (DICOM)
category RPC
port tcp 104 11112
match tcp u8[0]=1..2 1=x00 u32[2]=length-6 6=x0001 length=74..
match tcp u8[0]=1 1=x00 6=x0001 8=x0000 74..100~"1.2.840.10008.3.1.1.1"

protocol Z3950
label 図書館検索 (Z39.50)
category Network
port tcp 210
match tcp client u8[0]=0xb4 2..20~x8302 2..30~x8403
match tcp client packet=1 u8[0]=0xb4 u8[1]=length-2 2=x8302
match tcp client port=210 u8[0]=0xb4
match tcp server port=210 u8[0]=0xb5

protocol Protobuf
label RPC (Protobuf)
category Network

protocol Kerberos
match udp port=88 u8[0]=0x6a..0x7e length=20..
match tcp port=88 u32[0]=length-4 u8[4]=0x6a..0x7e length=20..

protocol Bitcoin
label 暗号資産 (Bitcoin)
category Mining
port tcp 8333
match tcp 0=xf9beb4d9 4="version" length=24..
match tcp 0=xf9beb4d9 u32le[16]=length-24
match tcp 0=xf9beb4d9
match tcp 0=x0b110907 4="version"
match tcp 0=xfabfb5da 4="version"

protocol Mining
label 暗号資産の採掘
category Mining
match tcp 0="{" 1..300~"\"mining."
match tcp 0="{" 1..300~"\"eth_submitLogin\""
match tcp 0="{" 1..300~"\"eth1.0\""
match tcp 0="{" 1..300~"\"eth_submitHashrate\""
match tcp 0="{" 1..300~"\"eth_getWork\""
match tcp 0="{" 1..400~"\"method\":\"login\"" 1..500~"\"agent\""
match tcp 0="{" 1..400~"\"method\": \"login\"" 1..500~"\"agent\""
match tcp 0="{" 1..200~"\"job_id\""

protocol Monero
label 暗号資産 (Monero)
category Mining
port tcp 18080
match tcp 0=x0121010101010101
match tcp 0="{" 1..300~"\"algo\"" 1..500~"\"rx/"

protocol ETHEREUM
label 暗号資産 (Ethereum)
category Mining
port tcp 30303
port udp 30303
match udp port=30303..30310,30301 length=98..1280 u8[97]=1..6

protocol Nano
label 暗号資産 (Nano)
category Mining
port udp 7075
port tcp 7075
match both 0="R" u8[1]=0x41..0x43 u8[2]=10..40 u8[3]=10..40 u8[4]=5..40 u8[5]=0..16 length=8..

protocol ZUG
label 暗号資産 (Casper)
category Mining
match udp u16[0]=length 2="UG\x10"

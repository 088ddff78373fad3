# Services behind HTTP, TLS and QUIC: examples of every kind of line. A service is named behind what carries it: TLS.YouTube.

service YouTube
label 動画 (YouTube)
category Media
host youtube.com youtu.be ytimg.com youtube-nocookie.com yt.be googlevideo.com ggpht.com
host youtubei.googleapis.com youtube.googleapis.com youtubeembeddedplayer.googleapis.com youtubekids.com
host youtubeeducation.com

service YouTubeUpload
label 動画投稿 (YouTube)
category Media
host upload.youtube.com uploads.youtube.com

service DoH_DoT
label 暗号化DNS
category Network
over tls 853
alpn dot doq
host dns.google dns.google.com cloudflare-dns.com dns.quad9.net doh.opendns.com dns.adguard.com adguard-dns.com nextdns.io
host doh.cleanbrowsing.org mozilla.cloudflare-dns.com one.one.one.one dns.alidns.com doh.pub dns.mullvad.net

service OCSP
label 証明書の確認 (OCSP)
category Network
content application/ocsp-request application/ocsp-response

service SOAP
label SOAP
category RPC
content application/soap+xml

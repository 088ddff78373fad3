# Services by the names of their hosts. More about one of them, or a new one, may stand in any other file.

service Google
label Google
category Web
host doubleclick.net googleadservices.com googlesyndication.com gvt1.com gvt2.com gvt3.com app-measurement.com connectivitycheck.gstatic.com googleusercontent.com nel.goog =clients.google.com =clients1.google.com =clients2.google.com =clients3.google.com =clients4.google.com =clients5.google.com =clients6.google.com
host google.* gstatic.com goo.gl g.co recaptcha.net withgoogle.com

service GoogleServices
label Googleのサービス
category Web
host *-mtalk.google.com play.googleapis.com android.googleapis.com
host googleapis.com googletagmanager.com googletagservices.com
host google-analytics.com firebaseio.com firebase.google.com
host =mtalk.google.com mtalk4.google.com alt1-mtalk.google.com 1e100.net crashlyticsreports-pa.googleapis.com

service PlayStore
label アプリ配布 (Google Play)
category SoftwareUpdate
host play.google.com play-fe.googleapis.com android.clients.google.com
host play-lh.googleusercontent.com market.android.com

service DataSaver
label 通信節約 (Google)
category Web
host datasaver.googleapis.com proxy.googlezip.net compress.googlezip.net googlezip.net

service GMail
label メール (Gmail)
category Email
host mail.google.com gmail.com googlemail.com inbox.google.com =imap.gmail.com =smtp.gmail.com =pop.gmail.com

service GoogleDrive
label クラウド保管 (Google)
category Cloud
host drive.google.com drivefrontend-pa.googleapis.com =driveapis.google.com

service GoogleDocs
label 業務 (Google Docs)
category Collaborative
host docs.google.com sheets.google.com slides.google.com docs.googleusercontent.com

service GoogleMaps
label 地図 (Google)
category Web
host maps.google.com maps.googleapis.com maps.gstatic.com khms.google.com khms0.googleapis.com khms1.googleapis.com
host maps.google.co.jp

service GoogleMeet
label 会議 (Google Meet)
category VoIP
host meet.google.com meetings.googleapis.com hangouts.googleapis.com stream.meet.google.com

service GoogleChat
label メッセンジャー (Google)
category Chat
host chat.google.com hangouts.google.com chats.google.com

service GoogleClassroom
label 教育 (Google)
category Education
host classroom.google.com

service GoogleCloud
label クラウド (Google)
category Cloud
host cloud.google.com appspot.com run.app cloudfunctions.net googlecloud.com

service ADS_Analytic_Track
label 広告・計測
category Advertisement
host admob.com adnxs.com criteo.com criteo.net rubiconproject.com
host pubmatic.com scorecardresearch.com quantserve.com taboola.com outbrain.com openx.net casalemedia.com moatads.com adsrvr.org
host appsflyer.com adjust.com branch.io flurry.com mixpanel.com hotjar.com chartbeat.com newrelic.com amazon-adsystem.com
host i-mobile.co.jp microad.jp fout.jp ad-stir.com adingo.jp mookie1.com bluekai.com demdex.net omtrdc.net 2o7.net inmobi.com
host mopub.com applovin.com unityads.unity3d.com vungle.com chartboost.com smaato.net tapjoy.com supersonicads.com

service Crashlytics
label 障害報告
category DataTransfer
host crashlytics.com settings.crashlytics.com firebase-settings.crashlytics.com

service Facebook
label SNS (Facebook)
category SocialNetwork
host facebook.com fbcdn.net facebook.net fb.com fb.me fbsbx.com tfbnw.net fb.gg fbpigeon.com facebook.* fbcdn-*.akamaihd.net
host fbstatic-*.akamaihd.net

service FacebookMessenger
label メッセンジャー (Facebook)
category Chat
host messenger.com edge-mqtt.facebook.com m.me mqtt.facebook.com mqtt-mini.facebook.com edge-chat.facebook.com

service FbookReelStory
label 動画 (Facebook)
category SocialNetwork
host video*.**.fbcdn.net video-*.**.fbcdn.net

service Instagram
label SNS (Instagram)
category SocialNetwork
host instagram*.**.fbcdn.net
host instagram.com cdninstagram.com ig.me instagram.* instagram.c10r.facebook.com igcdn.com

service Threads
label SNS (Threads)
category SocialNetwork
host threads.net threads.com

service WhatsAppFiles
label メッセンジャー (WhatsApp)
category Download
host media*.**.whatsapp.net
host mmg.whatsapp.net media*.cdn.whatsapp.net mmx-ds.cdn.whatsapp.net cdn.whatsapp.net mms.whatsapp.net mmi*.whatsapp.net
host mme*.whatsapp.net mmv*.whatsapp.net

service Twitter
label SNS (X)
category SocialNetwork
host twitter.com twimg.com t.co x.com periscope.tv pscp.tv ads-twitter.com

service Pinterest
label SNS (Pinterest)
category SocialNetwork
host pinterest.com pinimg.com pinterest.* pin.it

service LinkedIn
label SNS (LinkedIn)
category SocialNetwork
host linkedin.com licdn.com lnkd.in

service Reddit
label SNS (Reddit)
category SocialNetwork
host reddit.com redditstatic.com redd.it redditmedia.com reddituploads.com

service Tumblr
label SNS (Tumblr)
category SocialNetwork
host tumblr.com txmblr.com

service Snapchat
label SNS (Snapchat)
category SocialNetwork
host snapchat.com sc-cdn.net snap-dev.net sc-gw.com sc-jpl.com bitmoji.com sc-prod.net addlive.io feelinsonice.appspot.com
host feelinsonice-hrd.appspot.com feelinsonice.l.google.com snapads.com snapkit.co

service SnapchatCall
label 通話 (Snapchat)
category VoIP

service TikTok
label 動画 (TikTok)
category SocialNetwork
host tiktok.com tiktokcdn.com tiktokv.com musical.ly byteoversea.com ibytedtos.com ibyteimg.com tiktokcdn-us.com muscdn.com
host tiktokw.us ttwstatic.com byteglb.com tiktokd.net

service VK
label SNS (VK)
category SocialNetwork
host vk.com vk.me userapi.com vkuser.net vk-cdn.net vk.ru vkontakte.ru

service Bluesky
label SNS (Bluesky)
category SocialNetwork
host bsky.app bsky.social bsky.network

service Mastodon
label SNS (Mastodon)
category SocialNetwork
host mastodon.social joinmastodon.org mstdn.jp pawoo.net mastodon.online fedibird.com

service Mixi
label SNS (mixi)
category SocialNetwork
host mixi.jp mixi.co.jp img.mixi.net

service Misskey
label SNS (Misskey)
category SocialNetwork
host misskey.io misskey-hub.net nijimiss.moe

service Line
label メッセンジャー (LINE)
category Chat
host line.me line-apps.com line-scdn.net line.naver.jp naver.jp line-cdn.net linecorp.com lin.ee line-apps-beta.com linefriends.com
host lineblog.me line.biz

service LineWorks
label メッセンジャー (LINE WORKS)
category Chat
host worksmobile.com worksmobile.net line-works.com

service Telegram
label メッセンジャー (Telegram)
category Chat
host telegram.org t.me telegram.me telegra.ph tdesktop.com telegram.dog tg.dev

service Signal
label メッセンジャー (Signal)
category Chat
host signal.org whispersystems.org signal.art signal.group textsecure-service.whispersystems.org

service Slack
label メッセンジャー (Slack)
category Collaborative
host slack.com slack-edge.com slack-imgs.com slack-msgs.com slackb.com slack-files.com slack-core.com slack-redir.net

service Teams
label 会議 (Teams)
category Collaborative
host teams.microsoft.com teams.microsoft.us teams.cdn.office.net teams.live.com skype.com skypeassets.com skypedata.akadns.net
host lync.com trouter.io skypeforbusiness.com skypecdn.com

service Chatwork
label メッセンジャー (Chatwork)
category Chat
host chatwork.com chatwork.co.jp cw-assets.com

service KakaoTalk
label メッセンジャー (KakaoTalk)
category Chat
host kakao.com kakaocdn.net kakao.co.kr daumkakao.com kakaocorp.com kakaopay.com kakaotalk.com

service WeChat
label メッセンジャー (WeChat)
category Chat
host wechat.com wx.qq.com weixin.com weixin110.qq.com wechatapp.com wxs.qq.com
host servicewechat.com

service QQ
label メッセンジャー (QQ)
category Chat
host qq.com qpic.cn gtimg.cn gtimg.com qlogo.cn

service Tencent
label Tencent
category SocialNetwork
host tencent.com tencent-cloud.com myqcloud.com tencentcs.com qcloud.com tencentcloud.com tencentmusic.com

service TencentVideo
label 動画 (Tencent)
category Video
host v.qq.com video.qq.com wetv.vip

service SinaWeibo
label SNS (微博)
category SocialNetwork
host weibo.com weibo.cn sinaimg.cn weibocdn.com

service Sina
label Sina
category SocialNetwork
host sinajs.cn
host sina.com sina.com.cn sina.cn sinaedge.com

service Alibaba
label Alibaba
category Web
host alibaba.com alibabagroup.com aliexpress.com alicdn.com aliapp.org alipay.com alipayobjects.com mmstat.com tmall.com umeng.com
host tanx.com cainiao.com alibaba-inc.com uc.cn ucweb.com

service DingTalk
label 業務 (DingTalk)
category Collaborative
host dingtalk.com dingtalkapps.com

service Baidu
label 検索 (Baidu)
category Web
host baidu.com bdstatic.com bdimg.com baidustatic.com

service Xiaomi
label Xiaomi
category Web
host mi.com xiaomi.com xiaomi.net miui.com mi-img.com xiaomiyoupin.com

service Huawei
label Huawei
category Web
host huawei.com hicloud.com vmall.com dbankcdn.com dbankcloud.com

service Apple
label Apple
category Web
host mesu.apple.com
host apple.com apple-dns.net cdn-apple.com mzstatic.com aaplimg.com apple.news me.com

service AppleiCloud
label クラウド保管 (iCloud)
category Web
host icloud.com icloud-content.com apple-cloudkit.com apple-livephotoskit.com icloud.com.cn

service AppleiTunes
label 音楽・アプリ (iTunes)
category Streaming
host itunes.apple.com itunes.com itunes-apple.com.akadns.net phobos.apple.com ax.itunes.apple.com

service AppleStore
label アプリ配布 (Apple)
category SoftwareUpdate
host *-buy.itunes.apple.com
host apps.apple.com appstore.com ppq.apple.com swcdn.apple.com swscan.apple.com swdist.apple.com appldnld.apple.com
host updates.cdn-apple.com gdmf.apple.com xp.apple.com

service ApplePush
label 通知 (Apple)
category Cloud
host push.apple.com push-apple.com.akadns.net

service AppleSiri
label 音声アシスタント (Siri)
category VirtAssistant
host siri.apple.com guzzoni.apple.com guzzoni-apple-com.v.aaplimg.com smoot.apple.com api.smoot.apple.com

service AppleTVPlus
label 動画 (Apple TV+)
category Streaming
host tv.apple.com tv.applemusic.com play-edge.itunes.apple.com hls-amt.itunes.apple.com vod-ap-aoc.tv.apple.com

service iCloudPrivateRelay
label VPN (iCloud)
category VPN
host mask.icloud.com mask-h2.icloud.com mask-api.icloud.com mask.apple-dns.net

service Microsoft
label Microsoft
category Cloud
host microsoft.com msn.com live.com microsoftonline.com msftconnecttest.com msftncsi.com windows.com bing.com s-microsoft.com
host msauth.net msftauth.net microsoft.net visualstudio.com vsassets.io aka.ms bing.net virtualearth.net msedge.net
host microsoftapp.net

service WindowsUpdate
label 更新 (Windows)
category SoftwareUpdate
host windowsupdate.com update.microsoft.com windowsupdate.nsatc.net delivery.mp.microsoft.com dl.delivery.mp.microsoft.com
host download.windowsupdate.com

service Microsoft365
label 業務 (Microsoft 365)
category Collaborative
host office.com office365.com office.net microsoft365.com sharepoint.com sharepointonline.com officeapps.live.com onenote.com
host office.live.com msocdn.com svc.ms sway.com

service Outlook
label メール (Outlook)
category Email
host outlook.com outlook.office365.com outlook.office.com hotmail.com outlook.live.com mail.live.com olc.protection.outlook.com

service MS_OneDrive
label クラウド保管 (OneDrive)
category Cloud
host onedrive.live.com onedrive.com 1drv.ms 1drv.com storage.live.com livefilestore.com skydrive.live.com files.1drv.com

service Azure
label クラウド (Azure)
category Cloud
host azure.com azureedge.net azurewebsites.net windows.net azure-api.net azurefd.net trafficmanager.net cloudapp.net azure.net
host azure-dns.com

service GitHub
label 開発 (GitHub)
category Collaborative
host github.com githubusercontent.com githubassets.com github.io ghcr.io github.dev

service Copilot
label AI (Copilot)
category AI
host copilot.microsoft.com sydney.bing.com githubcopilot.com copilot.cloud.microsoft

service ChatGPT
label AI (ChatGPT)
category AI
host openai.com chatgpt.com oaistatic.com oaiusercontent.com sora.com

service Claude
label AI (Claude)
category AI
host anthropic.com claude.ai claudeusercontent.com claude.com

service Gemini
label AI (Gemini)
category AI
host gemini.google.com generativelanguage.googleapis.com aistudio.google.com notebooklm.google.com bard.google.com

service Perplexity
label AI (Perplexity)
category AI
host perplexity.ai

service DeepSeek
label AI (DeepSeek)
category AI
host deepseek.com

service DeepL
label AI翻訳 (DeepL)
category AI
host deepl.com

service Grok
label AI (Grok)
category AI
host grok.com x.ai

service HuggingFace
label AI (Hugging Face)
category AI
host huggingface.co hf.co hf.space

service Midjourney
label AI (Midjourney)
category AI
host midjourney.com

service Amazon
label 買い物 (Amazon)
category Web
host amazon.com amazon.* ssl-images-amazon.com media-amazon.com images-amazon.com a2z.com amzn.to amazon.dev

service AmazonAWS
label クラウド (AWS)
category Cloud
host amazonaws.com awsstatic.com cloudfront.net aws.amazon.com awsdns-*.com aws.dev awsglobalaccelerator.com elasticbeanstalk.com

service AmazonVideo
label 動画 (Prime Video)
category Streaming
host primevideo.com aiv-cdn.net amazonvideo.com pv-cdn.net atv-ps.amazon.com aiv-delivery.net atv-ext.amazon.com

service AmazonAlexa
label 音声アシスタント (Alexa)
category VirtAssistant
host alexa.amazon.com bob-dispatch-prod-na.amazon.com avs-alexa-*.amazon.com alexa.com amazonalexa.com alexa.a2z.com

service Netflix
label 動画 (Netflix)
category Video
host netflix.com nflxvideo.net nflximg.net nflxext.com nflxso.net nflximg.com netflix.net nflxsearch.net

service DisneyPlus
label 動画 (Disney+)
category Streaming
host disneyplus.com disney-plus.net dssott.com bamgrid.com disneystreaming.com

service Hulu
label 動画 (Hulu)
category Streaming
host hulu.com huluim.com hulu.jp happyon.jp hulustream.com huluad.com

service HBO
label 動画 (HBO)
category Streaming
host hbo.com hbomax.com max.com hbogo.com hbonow.com

service Dazn
label 動画 (DAZN)
category Streaming
host dazn.com indazn.com dazn-api.com daznedge.net

service AbemaTV
label 動画 (ABEMA)
category Video
host abema.tv abema.io abema-tv.com

service NicoNico
label 動画 (ニコニコ)
category Video
host nicovideo.jp nicovideo.me nimg.jp dmc.nico nico.ms

service UNext
label 動画 (U-NEXT)
category Video
host unext.jp nxtv.jp

service TVer
label 動画 (TVer)
category Video
host tver.jp tver.co.jp

service DAnime
label 動画 (dアニメ)
category Video
host animestore.docomo.ne.jp lemino.docomo.ne.jp

service Twitch
label 動画配信 (Twitch)
category Video
host twitch.tv ttvnw.net jtvnw.net twitchcdn.net twitchsvc.net ext-twitch.tv

service Vimeo
label 動画 (Vimeo)
category Streaming
host vimeo.com vimeocdn.com

service Dailymotion
label 動画 (Dailymotion)
category Streaming
host dailymotion.com dmcdn.net dm-event.net

service Bilibili
label 動画 (bilibili)
category Video
host bilibili.com bilivideo.com hdslb.com biliapi.net bilivideo.cn

service Rutube
label 動画 (Rutube)
category Video
host rutube.ru rtbcdn.ru

service Kick
label 動画配信 (Kick)
category Video
host kick.com

service Rumble
label 動画 (Rumble)
category Video
host rumble.com

service Livestream
label 動画配信
category Streaming
host livestream.com

service ParamountPlus
label 動画 (Paramount+)
category Streaming
host paramountplus.com cbsivideo.com

service Showtime
label 動画 (Showtime)
category Streaming
host showtime.com showtimeanytime.com

service Vudu
label 動画 (Vudu)
category Streaming
host vudu.com

service DirecTV
label 動画 (DirecTV)
category Streaming
host directv.com

service Iflix
label 動画 (iflix)
category Video
host iflix.com

service 1kxun
label 動画 (1kxun)
category Streaming
host 1kxun.com kankan.1kxun.com 1kxun.mobi

service Mgtv
label 動画 (MGTV)
category Video
host mgtv.com

service Youku
label 動画 (Youku)
category Video
host youku.com ykimg.com

service Pandora
label 音楽 (Pandora)
category Streaming
host pandora.com

service Deezer
label 音楽 (Deezer)
category Music
host deezer.com dzcdn.net

service SoundCloud
label 音楽 (SoundCloud)
category Music
host soundcloud.com sndcdn.com

service Tidal
label 音楽 (TIDAL)
category Music
host tidal.com tidalhifi.com

service TuneIn
label ラジオ (TuneIn)
category Music
host tunein.com

service SiriusXMRadio
label ラジオ (SiriusXM)
category Music
host siriusxm.com

service IHeartRadio
label ラジオ (iHeart)
category Music
host iheart.com

service LastFM
label 音楽 (Last.fm)
category Streaming
host last.fm lastfm.freetls.fastly.net

service Radiko
label ラジオ (radiko)
category Music
host radiko.jp

service AWA
label 音楽 (AWA)
category Music
host awa.fm

service Steam
label ゲーム (Steam)
category Game
host steampowered.com steamcommunity.com steamstatic.com steamgames.com steamcontent.com steamusercontent.com steamserver.net
host valvesoftware.com steamcdn-a.akamaihd.net steamuserimages-a.akamaihd.net s.team

service Dota2
label ゲーム (Dota 2)
category Game
host dota2.com

service Blizzard
label ゲーム (Blizzard)
category Game
host blizzard.com battle.net blizzard.cn bnet.163.com

service WorldOfWarcraft
label ゲーム (WoW)
category Game
host worldofwarcraft.com wow.com wowprogress.com us.scan.worldofwarcraft.com

service NetEaseGames
label ゲーム (NetEase)
category Game
host nie.netease.com easebar.com

service GeForceNow
label ゲーム (GeForce NOW)
category Game
host geforcenow.com nvidiagrid.net gx.nvidia.com

service Nvidia
label NVIDIA
category Web
host nvidia.com geforce.com

service RockstarGames
label ゲーム (Rockstar)
category Game
host rockstargames.com rsg.sc

service Dmm
label DMM
category Web
host dmm.com dmm.co.jp dmmapis.com

service Nexon
label ゲーム (Nexon)
category Game
host nexon.com nexon.net nexon.co.jp

service CoD_Mobile
label ゲーム (CoDモバイル)
category Game
host codmwest.com codm.activision.com 24.codmwest.com

service TeslaServices
label Tesla
category Web
host tesla.com teslamotors.com tesla.services

service Wikipedia
label 百科事典
category Web
host wikipedia.*
host wikipedia.org wikimedia.org mediawiki.org wiktionary.org wikidata.org wikiquote.org wikibooks.org wmfusercontent.org

service Yahoo
label Yahoo
category Web
host yahoo.com yahoo.co.jp yimg.com yimg.jp yahooapis.com yahooapis.jp yahoodns.net yahoo.* yjtag.jp geocities.jp

service Rakuten
label 買い物 (楽天)
category Shopping
host rakuten.co.jp rakuten.com r10s.jp rakuten.ne.jp r10s.com

service Mercari
label 買い物 (メルカリ)
category Shopping
host mercari.com mercdn.net mercari.jp

service eBay
label 買い物 (eBay)
category Shopping
host ebay.com ebaystatic.com ebayimg.com ebay.*

service Shein
label 買い物 (SHEIN)
category Shopping
host shein.com ltwebstatic.com shein.*

service Temu
label 買い物 (Temu)
category Shopping
host temu.com kwcdn.com

service ZOZO
label 買い物 (ZOZO)
category Shopping
host zozo.jp imgz.jp zozo.com

service PayPay
label 決済 (PayPay)
category Banking
host paypay.ne.jp paypay-bank.co.jp

service PayPal
label 決済 (PayPal)
category Banking
host paypal.com paypalobjects.com

service Note
label 読み物 (note)
category Web
host note.com st-note.com

service Hatena
label はてな
category Web
host hatena.ne.jp hatenablog.com hatena.com st-hatena.com hatenadiary.com hatenablog.jp

service Ameba
label ブログ (Ameba)
category Web
host ameblo.jp ameba.jp stat.ameba.jp

service FC2
label FC2
category Web
host fc2.com

service Pixiv
label SNS (pixiv)
category SocialNetwork
host pixiv.net pximg.net fanbox.cc booth.pm

service Cookpad
label 料理 (クックパッド)
category Web
host cookpad.com

service Tabelog
label グルメ (食べログ)
category Web
host tabelog.com

service Kakaku
label 価格.com
category Shopping
host kakaku.com k-img.com

service Nikkei
label ニュース (日経)
category News
host nikkei.com nikkei.co.jp

service NHK
label 放送 (NHK)
category News
host nhk.or.jp nhk.jp

service SmartNews
label ニュース (SmartNews)
category News
host smartnews.com

service CNN
label ニュース (CNN)
category News
host cnn.com cnn.io turner.com

service Bloomberg
label ニュース (Bloomberg)
category News
host bloomberg.com bloomberg.net bwbx.io

service AccuWeather
label 天気 (AccuWeather)
category Web
host accuweather.com

service Dropbox
label クラウド保管 (Dropbox)
category Cloud
host dropbox.com dropboxstatic.com dropboxapi.com dropboxusercontent.com getdropbox.com db.tt dropbox-dns.com

service Box
label クラウド保管 (Box)
category Cloud
host box.com boxcdn.net box.net boxcloud.com

service GigaFile
label ファイル転送 (ギガファイル)
category FileSharing
host gigafile.nu

service Firestorage
label ファイル転送 (firestorage)
category FileSharing
host firestorage.jp firestorage.com

service DataDeliver
label ファイル転送 (データ便)
category FileSharing
host datadeliver.net

service Mega
label ファイル保管 (MEGA)
category FileSharing
host mega.nz mega.io mega.co.nz

service MediaFire
label ファイル保管 (MediaFire)
category FileSharing
host mediafire.com

service WeTransfer
label ファイル転送 (WeTransfer)
category FileSharing
host wetransfer.com wetransfer.net we.tl

service Pastebin
label 貼り付け (Pastebin)
category Web
host pastebin.com

service Evernote
label メモ (Evernote)
category Productivity
host evernote.com

service Notion
label 業務 (Notion)
category Collaborative
host notion.so notion.com notion.site notion-static.com

service Trello
label 業務 (Trello)
category Collaborative
host trello.com

service Atlassian
label 業務 (Atlassian)
category Collaborative
host atlassian.com atlassian.net jira.com bitbucket.org atl-paas.net

service Backlog
label 業務 (Backlog)
category Collaborative
host backlog.com backlog.jp nulab.com nulab.co.jp

service Kintone
label 業務 (kintone)
category Collaborative
host cybozu.com cybozu.co.jp kintone.com cybozu.net

service Sansan
label 業務 (Sansan)
category Productivity
host sansan.com 8card.net bill-one.com

service MoneyForward
label 会計 (マネーフォワード)
category Productivity
host moneyforward.com moneyforward.co.jp

service Freee
label 会計 (freee)
category Productivity
host freee.co.jp

service SmartHR
label 人事 (SmartHR)
category Productivity
host smarthr.jp

service Salesforce
label 業務 (Salesforce)
category Cloud
host salesforce.com force.com sfdcstatic.com salesforceliveagent.com visualforce.com salesforce-sites.com

service Zendesk
label 業務 (Zendesk)
category Productivity
host zendesk.com zdassets.com

service HubSpot
label 業務 (HubSpot)
category Productivity
host hubspot.com hsforms.com hs-scripts.com hubapi.com

service ServiceNow
label 業務 (ServiceNow)
category Productivity
host service-now.com servicenow.com

service SAP
label 業務 (SAP)
category Productivity
host sap.com successfactors.com

service Adobe
label Adobe
category Productivity
host adobe.com adobe.io adobess.com adobecc.com typekit.net behance.net adobelogin.com

service AdobeConnect
label 会議 (Adobe Connect)
category Video
host adobeconnect.com

service Canva
label デザイン (Canva)
category Productivity
host canva.com canva.cn

service Figma
label デザイン (Figma)
category Productivity
host figma.com

service Miro
label 業務 (Miro)
category Collaborative
host miro.com

service Webex
label 会議 (Webex)
category VoIP
host webex.com wbx2.com ciscospark.com webexcontent.com webexconnect.com

service GoTo
label 会議 (GoTo)
category VoIP
host goto.com gotomeeting.com logmein.com logmeininc.com gotowebinar.com gotoassist.com getgo.com logmeinrescue.com expertcity.com

service Whereby
label 会議 (Whereby)
category VoIP
host whereby.com

service Meraki
label 機器管理 (Meraki)
category Network
host meraki.com meraki.cisco.com

service Cloudflare
label 配信 (Cloudflare)
category Web
host cloudflare.com cloudflare.net cloudflareinsights.com cloudflarestorage.com workers.dev pages.dev cdnjs.com

service Edgecast
label 配信 (Edgecast)
category Cloud
host edgecastcdn.net edgecast.com edgecastdns.net edg.io

service Cachefly
label 配信 (CacheFly)
category Cloud
host cachefly.net cachefly.com cachefly.cc

service DigitalOcean
label クラウド (DigitalOcean)
category Cloud
host digitalocean.com digitaloceanspaces.com ondigitalocean.app

service Sakura
label クラウド (さくら)
category Cloud
host sakura.ne.jp sakura.ad.jp sakurastorage.jp

service Heroku
label クラウド (Heroku)
category Cloud
host heroku.com herokuapp.com

service GitLab
label 開発 (GitLab)
category Collaborative
host gitlab.com gitlab-static.net gitlab.io

service Docker
label 開発 (Docker)
category Collaborative
host docker.com docker.io

service Ubuntu
label 更新 (Ubuntu)
category SoftwareUpdate
host ubuntu.com canonical.com launchpad.net snapcraft.io snapcraftcontent.com ubuntucompanyservices.co.za

service Debian
label 更新 (Debian)
category SoftwareUpdate
host debian.org debian.net

service Opera
label Opera
category Web
host opera.com opera-api.com operacdn.com operamini.com

service OperaVPN
label VPN (Opera)
category VPN
host sec-tunnel.com opera-proxy.net surfeasy.com

service Yandex
label Yandex
category Web
host yandex.ru yandex.com yandex.net yastatic.net ya.ru yandex.*

service YandexMail
label メール (Yandex)
category Email
host mail.yandex.*
host mail.yandex.ru mail.yandex.com mail.yandex.net imap.yandex.ru smtp.yandex.ru

service YandexMusic
label 音楽 (Yandex)
category Music
host music.yandex.*
host music.yandex.ru music.yandex.com music.yandex.net

service YandexMarket
label 買い物 (Yandex)
category Shopping
host market.yandex.*
host market.yandex.ru market.yandex.com market.yandex.net

service YandexDisk
label クラウド保管 (Yandex)
category Cloud
host disk.yandex.*
host disk.yandex.ru disk.yandex.com disk.yandex.net yadi.sk storage.yandex.net

service YandexCloud
label クラウド (Yandex)
category Cloud
host cloud.yandex.*
host cloud.yandex.ru cloud.yandex.com yandexcloud.net yandex.cloud

service YandexMetrika
label 計測 (Yandex)
category Advertisement
host metrika.yandex.*
host metrika.yandex.ru metrika.yandex.com mc.yandex.ru mc.yandex.com metrica.yandex.com

service YandexDirect
label 広告 (Yandex)
category Advertisement
host direct.yandex.*
host direct.yandex.ru direct.yandex.com an.yandex.ru yabs.yandex.ru ads.yandex.com

service YandexAlice
label 音声アシスタント (Yandex)
category VirtAssistant
host dialogs.yandex.ru alice.yandex.ru quasar.yandex.ru uniproxy.alice.yandex.net

service OpenDNS
label DNS (OpenDNS)
category Web
host opendns.com umbrella.com

service ntop
label ntop
category Network
host ntop.org

service Ubiquity
label 機器管理 (Ubiquiti)
category Network
host ui.com ubnt.com unifi-ai.com

service ProtonVPN
label VPN (Proton)
category VPN
host protonvpn.com protonvpn.ch protonvpn.net vpn-api.proton.me

service ProtonMail
label メール (Proton)
category Email
host protonmail.com protonmail.ch mail.proton.me

service NordVPN
label VPN (NordVPN)
category VPN
host nordvpn.com nordcdn.com nordaccount.com

service Surfshark
label VPN (Surfshark)
category VPN
host surfshark.com

service ExpressVPN
label VPN (ExpressVPN)
category VPN
host expressvpn.com xvprod.com

service TunnelBear
label VPN (TunnelBear)
category VPN
host tunnelbear.com

service Windscribe
label VPN (Windscribe)
category VPN
host windscribe.com

service CactusVPN
label VPN (CactusVPN)
category VPN
host cactusvpn.com

service Mullvad
label VPN (Mullvad)
category VPN
host mullvad.net

service HotspotShield
label VPN (Hotspot Shield)
category VPN
host hotspotshield.com hsselite.com anchorfree.com hss.com

service PrivateInternetAccess
certificate "Private Internet Access"
label VPN (PIA)
category VPN
host privateinternetaccess.com piaproxy.net

service Psiphon
label VPN (Psiphon)
category VPN
host psiphon3.net
host psiphon.ca psiphon3.com psi.cash psiphontoday.com

service UltraSurf
label VPN (UltraSurf)
category VPN
host ultrasurf.us

service CloudflareWarp
label VPN (WARP)
category VPN
host cloudflareclient.com connectivity.cloudflareclient.com

service Cybersec
label セキュリティ
category Cybersecurity
host abuse.ch
host virustotal.com kaspersky.com kaspersky-labs.com symantec.com symantecliveupdate.com mcafee.com trendmicro.com trendmicro.co.jp
host eset.com sophos.com bitdefender.com bitdefender.net malwarebytes.com norton.com crowdstrike.com sentinelone.net f-secure.com
host avira.com avg.com webroot.com paloaltonetworks.com fortinet.com fortiguard.net checkpoint.com drweb.com gdatasoftware.com
host cylance.com carbonblack.com tanium.com rapid7.com qualys.com

service AVASTSecureDNS
label DNS (Avast)
category Network
host securedns.avast.com

service Pluralsight
label 教育 (Pluralsight)
category Education
host pluralsight*.imgix.net *pluralsight*.siteintercept.qualtrics.com
host pluralsight.com

service Udemy
label 教育 (Udemy)
category Education
host udemy.com udemycdn.com

service Fuze
label 通話 (Fuze)
category VoIP
host fuze.com thinkingphones.com

service TruPhone
label 通話 (Truphone)
category VoIP
host truphone.com

service Tinder
label 出会い (Tinder)
category Dating
host tinder.com gotinder.com tinderstatic.com

service Pairs
label 出会い (Pairs)
category Dating
host pairs.lv eureka.jp

service Tapple
label 出会い (タップル)
category Dating
host tapple.me

service Badoo
label 出会い (Badoo)
category SocialNetwork
host badoo.com badoocdn.com

service AdultContent
label アダルト
category AdultContent
host pornhub.com phncdn.com xvideos.com xvideos-cdn.com xnxx.com xhamster.com redtube.com youporn.com fanza.com dmm18.com

service Netkeiba
label 競馬
category Gambling
host netkeiba.com jra.go.jp keiba.go.jp

service Binance
label 暗号資産 (Binance)
category Banking
host binance.com binance.org bnbstatic.com

service bitFlyer
label 暗号資産 (bitFlyer)
category Banking
host bitflyer.com bitflyer.jp

service Coincheck
label 暗号資産 (Coincheck)
category Banking
host coincheck.com

service NiceHash
label 暗号資産の採掘
category Mining
host nicehash.com

service Likee
label 動画 (Likee)
category Video
host likee.video like.video likeevideo.com

service Naver
label Naver
category Web
host naver.com naver.net pstatic.net

service Waze
label 地図 (Waze)
category Web
host waze.com

service ESPN
label スポーツ (ESPN)
category Streaming
host espn.com espncdn.com

service OCS
label 動画 (OCS)
category Media
host labgency.ws
host ocs.fr ocs.io

service Tailscale
label VPN (Tailscale)
category VPN
host tailscale.com tailscale.io

service Splashtop
label 遠隔操作 (Splashtop)
category RemoteAccess
host splashtop.com splashtop.eu

service ChromeRemoteDesktop
label 遠隔操作 (Chrome)
category RemoteAccess
host remotedesktop.google.com remotedesktop-pa.googleapis.com chromoting-host.talkgadget.google.com

service ISLOnline
label 遠隔操作 (ISL Online)
category RemoteAccess
host islonline.com islonline.net islonline.jp

service BeyondTrust
label 遠隔操作 (BeyondTrust)
category RemoteAccess
host beyondtrustcloud.com bomgar.com bomgarcloud.com

service ConnectWise
label 遠隔操作 (ScreenConnect)
category RemoteAccess
host screenconnect.com connectwise.com

service Atera
label 遠隔操作 (Atera)
category RemoteAccess
host atera.com

service NinjaOne
label 遠隔操作 (NinjaOne)
category RemoteAccess
host ninjarmm.com ninjaone.com

service MagicConnect
label 遠隔操作 (マジックコネクト)
category RemoteAccess
host magicconnect.net

service CACHATTO
label 遠隔操作 (CACHATTO)
category RemoteAccess
host cachatto.jp

service Tuya
label スマートホーム (Tuya)
category IoT-Scada
host tuya.com tuyaus.com tuyaeu.com tuyacn.com

service SwitchBot
label スマートホーム (SwitchBot)
category IoT-Scada
host switch-bot.com

service NatureRemo
label スマートホーム (Nature)
category IoT-Scada
host nature.global

service Ring
label スマートホーム (Ring)
category IoT-Scada
host ring.com

service Hik-Connect
label 監視カメラ (Hikvision)
category IoT-Scada
host hik-connect.com hikvision.com ezvizlife.com

service Garmin
label 健康 (Garmin)
category Health
host garmin.com garmin.co.jp

service Fitbit
label 健康 (Fitbit)
category Health
host fitbit.com

service Uber
label 移動 (Uber)
category Travel
host uber.com ubereats.com

service Booking
label 旅行 (Booking.com)
category Travel
host booking.com bstatic.com

service Jalan
label 旅行 (じゃらん)
category Travel
host jalan.net

service Airbnb
label 旅行 (Airbnb)
category Travel
host airbnb.com muscache.com airbnb.jp

service MufgBank
label 銀行 (三菱UFJ)
category Banking
host bk.mufg.jp mufg.jp

service SMBC
label 銀行 (三井住友)
category Banking
host smbc.co.jp smbc-card.com

service Mizuho
label 銀行 (みずほ)
category Banking
host mizuhobank.co.jp mizuho-fg.co.jp

service YuchoBank
label 銀行 (ゆうちょ)
category Banking
host jp-bank.japanpost.jp yucho-moushikomi.japanpost.jp

service SbiNetBank
label 銀行 (住信SBI)
category Banking
host netbk.co.jp sbisec.co.jp

service eTax
label 国税 (e-Tax)
category Government
host e-tax.nta.go.jp keisan.nta.go.jp nta.go.jp

service eGov
label 電子政府 (e-Gov)
category Government
host e-gov.go.jp

service Mynaportal
label マイナポータル
category Government
host myna.go.jp

service Jpki
label 公的個人認証
category Government
host jpki.go.jp

service eLTAX
label 地方税 (eLTAX)
category Government
host eltax.lta.go.jp

service Zattoo
label 動画 (Zattoo)
category Video
host zattoo.com zahs.tv

service SD-RTN
label 通話の中継 (Agora)
category VoIP
host agora.io sd-rtn.com

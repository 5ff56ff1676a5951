"""Words that tell names from other words: common surnames, what stands beside a name, and Latin words that name nobody."""

from __future__ import annotations

# Surnames that are hardly ever the start of another word; the rest is caught by what stands beside a name.
_SURNAMES = """
佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡邉 渡部 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 斉藤 齋藤 齊藤 清水 山崎 池田 橋本
阿部 石川 前田 藤田 小川 後藤 岡田 長谷川 村上 近藤 石井 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 岡本 松田 中島 中川 中野 原田 藤原 小野 田村
竹内 金子 和田 中山 石田 上田 森田 原口 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 河野 高田 藤本 武田 村田 上野 杉山
増田 平野 菅原 久保 小島 千葉 岩崎 桜井 櫻井 野口 木下 松尾 野村 菊地 菊池 佐野 大塚 新井 古川 渡会 杉本 小山 大久保 古賀 川口 水野 浜田 濱田
飯田 中田 山内 吉川 松下 本田 川崎 岩田 小松 永井 市川 福島 秋山 久保田 西田 川上 飯塚 矢野 吉村 田口 五十嵐 広瀬 廣瀬 望月 成田 服部 馬場
石原 片山 大西 松井 東野 荒木 安田 島田 大橋 西川 平田 松岡 星野 福井 吉岡 松村 大石 永田 樋口 鎌田 黒田 秋田 田辺 高野 川村 早川 土屋 八木
須藤 児玉 今村 岩本 小田 内藤 野田 石塚 関口 大島 尾崎 中西 伊東 岡崎 熊谷 桑原 田島 小池 津田 沢田 澤田 萩原 青山 富田 根本 奥村 奥田 栗原
三宅 本間 山下 小西 松原 中尾 平井 菅野 浅野 西尾 森本 大谷 牧野 大森 福岡 小原 吉野 篠原 大川 川島 三好 宮田 横田 神田 坂口 堀内 松浦 千田
高瀬 森下 大山 竹田 山根 西山 河合 岸本 宮下 北村 榎本 若林 小泉 田代 塚本 田畑 松永 中井 浅井 白石 片岡 相馬 相澤 相沢 稲垣 岩井 岡部 植田
植木 大竹 大場 大村 荻野 落合 甲斐 笠原 梶原 柏木 亀井 川田 川端 北川 北野 黒川 黒木 小倉 小沢 小澤 小谷 小森 坂井 桜田 佐伯 佐久間 柴崎 島崎
志村 白井 新田 杉浦 杉田 関根 瀬戸 田崎 谷川 千野 辻本 土井 東條 戸田 富永 豊田 長尾 長田 永野 中原 長島 西岡 西野 二宮 野崎 橋口 長谷部 畑中
日高 平山 広田 深沢 福原 藤岡 藤川 藤沢 藤澤 古田 星川 細川 堀江 堀田 本多 真鍋 松山 三上 水谷 溝口 南條 宮川 宮内 宮沢 宮澤 村井 村山 森川
安井 安部 柳田 山岸 山中 山村 湯浅 横井 吉井 吉沢 吉澤 米田 和泉 渡瀬 鷲見
"""
SURNAMES = frozenset(_SURNAMES.split())

# What a name follows directly: 採用担当佐藤.
ROLE_WORDS = (
    "担当者", "担当", "代表取締役", "代表", "社長", "部長", "課長", "主任", "係長", "編集長", "編集", "採用", "人事", "広報", "総務", "責任者", "窓口",
    "事務局", "営業", "秘書", "店長", "講師", "先生", "本名", "氏名", "名前", "名義", "ディレクター", "マネージャー", "リーダー", "スタッフ",
    "オーナー", "ライター", "コーチ",
)  # fmt: skip

# What may stand before 様, さん and です without being anyone's name.
_NOBODY = """
皆 皆様 皆さま 皆さん みな 皆々 方 方々 お客 客 ワーカー ライター クライアント 依頼者 依頼主 発注者 受注者 応募者 担当者 ご担当者 担当 デザイナー エンジニア フリーランス 先方 相手
相手方 貴 お相手 お取引先 取引先 業者 会社 企業 オーナー スタッフ 講師 参加者 受講者 利用者 ユーザー 運営 事務局 編集者 ディレクター お母 お父 お子
お疲れ お疲 おつかれ ご苦労 ごくろう お世話 たく 沢山 同 仕 神 王 外 多 一 各位 初心者 主婦 学生 各 有 模 多種多 異 左
以上 無料 在宅 簡単 可能 不要 必須 歓迎 募集中 急募 大丈夫 不可 未経験可 初心者歓迎 継続 長期 単発 同様 何 大変 幸い 本当 当社 弊社 御社 貴社
"""
NOBODY = frozenset(_NOBODY.split())

# Latin words, in lower case, that name a thing and nobody: all others are masked.
_KEPT_LATIN = """
line zoom google meet teams microsoft slack chatwork discord telegram signal whatsapp wechat kakaotalk skype webex facetime instagram
facebook messenger twitter tiktok youtube viber gmail crowdworks lancers coconala shufti craudia upwork fiverr id url qr pdf excel word
powerpoint web sns dm ai pc ok ng pr ec seo hp lp it dx sms paypay amazon apple itunes anydesk teamviewer ultraviewer logmein
nda canva photoshop illustrator premiere wordpress python html css javascript figma notion dropbox drive docs forms sheets form app
bot faq cms api sim atm cw
a about account add after agree all also am an and any apply are as ask at back be because been before best but by call can chat check
click client come contact contract could day deal details do does done download each email english every fee file find first for free
from full get give go good great has have hello help here hi hour how i if in install interested interview into is it its job join just
know let like link looking me meeting message month more my name need new no not now number of on one only or order our out over pay
payment per phone platform please price project rate read regards reply right see send service share should site skills so some soon
start take talk task team tell test thank thanks that the their them then there they this through time to today tool under up us use
very video want was we week well what when where which while who will with work would you your
"""
KEPT_LATIN = frozenset(_KEPT_LATIN.split())

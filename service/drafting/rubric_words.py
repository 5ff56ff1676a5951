"""The words the rubric looks for, by language; what a draft must say, and what it must never say."""

from __future__ import annotations

from service.vocabulary import AskKind, DraftKind, Language

# Whatever was approved, these are never agreed to.
NEVER: frozenset[AskKind] = frozenset({
    "identity_document", "bank_account", "credentials", "app_install", "registration", "upfront_payment", "purchase",
    "solicitation", "direct_deal", "work_before_escrow", "unpaid_test", "task_scam", "account_lending",
    "remote_control", "forwarding", "phishing_link", "fake_review", "income_question",
})  # fmt: skip

REFUSE: dict[Language, str] = {
    "ja": r"控えております|いたしかねます|応じかねます|お断りいたします",
    "en": r"not able to agree to|cannot agree to",
    "zh": r"我(?:都|还)?无法|我不能",
}
AGREE: dict[Language, str] = {
    "ja": r"承知|お受けいたします|お受けします",
    "en": r"\bI agree to\b|glad to take on",
    "zh": r"我同意|很乐意承接",
}
# Words that leave the answer open or turn it round.
WAVER: dict[Language, str] = {
    "ja": r"検討(?:し|いたし|させ|中|の余地)|考えておき|難しい|無理|できれば避け|あいにく|ぜひ|大丈夫|問題ございません|問題ありません|喜んで",
    "en": r"\bmaybe\b|\bperhaps\b|think about it|\bconsider\b|no problem|\bsure\b|sounds good",
    "zh": r"考虑|也许|可能吧|没问题|当然可以",
}

# G2: what a draft of this kind cannot go without.
REQUIRED: dict[tuple[DraftKind, Language], tuple[str, ...]] = {
    ("decline", "ja"): (r"サイト|完了", r"メッセージ|サイトの画面|承認|完了"),
    ("decline", "en"): (
        r"\bsite\b|messages|completion|contract|own use|accounts",
        r"messages|screens|approved|completion",
    ),
    ("decline", "zh"): (r"站内|网站|签约|完成", r"消息|页面|批准|完成"),
    ("approval_check", "ja"): (r"お返事",),
    ("approval_check", "en"): (r"will reply|'ll reply",),
    ("approval_check", "zh"): (r"回复您",),
    ("accept", "ja"): (r"承認を画面で確認|完了", r"メッセージに(?:も)?残し"),
    ("accept", "en"): (r"as approved|completion of", r"written down in the site's messages"),
    ("accept", "zh"): (r"批准|完成", r"记录在站内消息里"),
    ("refuse_firmly", "ja"): (r"今後のご連絡は", r"メッセージ"),
    ("refuse_firmly", "en"): (r"messages",),
    ("refuse_firmly", "zh"): (r"站内消息",),
    ("report", "ja"): (r"確認",),
    ("report", "en"): (r"look|check",),
    ("report", "zh"): (r"确认",),
    ("ask_details", "ja"): (r"作業の内容", r"報酬", r"納期"),
    ("ask_details", "en"): (r"work", r"fee", r"deadline"),
    ("ask_details", "zh"): (r"内容", r"报酬", r"交付日期"),
}
# G2 of the two approval drafts: who else may act, and that nothing happens before.
EITHER_SIDE: dict[Language, str] = {"ja": r"私から", "en": r"from my side", "zh": r"由我来"}
UNTIL_THEN: dict[Language, str] = {
    "ja": r"承認されるまで|許可を確認できるまで|承認後|承認されてから|許可を確認してから|確認できないうち|確認前",
    "en": r"\b[Uu]ntil\b|only after|unconfirmed|approved first|come first|not before",
    "zh": r"之前|之后再|等待批准|请先",
}
OFFICE: dict[Language, str] = {"ja": r"運営", "en": r"office", "zh": r"运营方"}

CONTACT = (
    r"https?:|www\.|[\w.+-]+@[\w-]|＠\w|(?<!\w)@\w|\d{2,4}[-‐－ー ]\d{2,4}[-‐－ー ]\d{3,4}|[\d０-９]{5,}"
    r"|\b[\w-]+\.(?:com|jp|net|org|me|cn)\b|(?:ID|ＩＤ)\s*[:：「『]"
)
LAW: dict[Language, str] = {
    "ja": r"第?[\d０-９〇一二三四五六七八九十百]+条|法律|違法|罰|違約金|[\d０-９]円|¥|％|%|\d{4}年|\d+日|推奨|公式",
    "en": r"\b[Aa]rticle \d|\bclause\b|\blaws?\b|illegal|penalt|\bfine\b of|[$¥€]|\d{4}|%|recommend",
    "zh": r"第[\d一二三四五六七八九十]+条|法律|违法|处罚|违约金|\d+日?元|%|推荐",
}
META: dict[Language, str] = {
    "ja": r"(?<![A-Za-z])AI(?![A-Za-z])|プロンプト|言語モデル|テンプレート|コトワリ|[Kk]otowari"
    r"|詐欺|悪質|怪し|不審|騙|違反|疑|迷惑",
    "en": r"\bAI\b|prompt|language model|template|[Kk]otowari|\bscam|fraud|suspicious|malicious|violat|suspect",
    "zh": r"人工智能|提示词|模板|[Kk]otowari|诈骗|骗|可疑|恶意|违规|怀疑",
}

CUSHIONS = (
    "恐れ入りますが", "申し訳ございませんが", "申し訳ありませんが", "申し訳ないのですが",
    "お手数をおかけいたしますが", "お手数をおかけしますが", "お手数ですが", "差し支えなければ", "誠に恐縮ですが",
)  # fmt: skip
OWN_SIDE = (
    r"ルール|方針|ております|しています|決めています|決めております|幸いです|ありがたいです|存じます|考えています|判断"
)
BLAME = r"御社|貴社|そちら|あなた|お客様の|困ります|ご遠慮|やめて"
GOODWILL = r"幸い|うれし|お待ち|引き続き|ありがた|ご協力"
POLITE_END = (
    r"(?:はじめまして|こんにちは|です|ます|ません|ました|でした|でしょうか|ますか|ください|ですか|ませんでした)$"
)
DOUBLE_KEIGO = (
    r"になられ|おっしゃられ|[おご][^。\n]{1,4}なさられ|拝見させて|お伺いいたし|お伺いさせ|伺わせて|お承り|ご確認させ"
    r"|させていただいております|ご拝見|ご参照され|各位様|ご担当者様各位|お[^。\nでは]{1,3}られます|いたしますです"
)
CASUAL = r"[!！?？]|ですね|ますね|だよ|じゃあ|ちょっと|すごく|めっちゃ|めちゃ|OK|オッケー|とか|なので、|（笑）|w$"
EMOJI = r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]"

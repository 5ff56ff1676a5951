"""A small lexicon with a few patterns: what the book has rarely, close together. And rules made at random."""

from __future__ import annotations

from hypothesis import strategies as st

from service.facts.lexicon import Term
from service.facts.pattern import FactType, Pattern

TERMS = (
    Term("line", ("LINE",), exact_case=True, channel="line"),
    Term("soft", (), disguised=("ライン", "LINE"), channel="line"),
    Term("phone", ("電話", "TEL"), edges="free", channel="phone", severe=True),
    Term("number", ("電話番号",), ("番号(?:一覧)?",), edges="free", covers=("phone", "tool")),
    Term("zoom", ("Zoom", "Google Meet"), edges="left", not_before=("会", "の会"), channel="zoom"),
    Term("tool", ("ツール", "番"), edges="right", not_after=("旧", "新しい"), channel="builtin"),
    Term("swap", ("交換", "教え"), ("交換(?:して|しま)?",), edges="free"),
    Term("wish", (), ("お願い(?:いた)?します", "教え.{0,4}ください"), edges="free", overlapping=True),
    Term("wide", (), ("[^。]{0,3}電話[^。]{0,2}", "[^。]{2}号"), edges="free", overlapping=True),
    Term("talk_request", ("話し",), edges="free"),
    Term("as_job_subject", (), ("の(?:使い方|記事)", "スタンプ"), anchored=True),
    Term("heading_any", (), (r"(?:^|\n)[^\n。]{1,8}:",), edges="free"),
    Term("heading_contact", ("連絡",), edges="free"),
    Term("heading_tools", ("ツール",), edges="free"),
    Term("negation", ("ません", "不要"), edges="free", covers=("turn",)),
    Term("negation_whole", ("ものではありません",), edges="free"),
    Term("clause_break", ("が、",), edges="free"),
    Term("negation_ahead", ("never",)),
    Term("turn_ahead", ("but",)),
    Term("answer_no", ("いいえ",), (r"\bno\b",), edges="free"),
    Term("commitment", ("必ず",), edges="free"),
    Term("turn", ("だけ",), edges="free"),
    Term("work_deed", ("書い",), edges="free"),
    Term("work_mark", ("原稿",), edges="free"),
    Term("matter_opens", ("項目は",), edges="free"),
    Term("after", ("契約後",), edges="free"),
    Term("asked", ("と言われ",), edges="free"),
    Term("wanted", ("募集",), edges="free"),
)
PATTERNS = (
    Pattern("line-swap", "ask", "line_exchange", (("line", "soft"), ("swap", "wish")), unless=("wanted",)),
    Pattern("line-wish", "ask", "line_exchange", (("soft",), ("wish",)), ordered=True, within=12, quoted_counts=True),
    Pattern("call", "ask", "call", (("phone", "zoom", "tool"), ("wish", "talk_request")), unless_text=("work_deed",)),
    Pattern("call-near", "ask", "call", (("zoom",), ("swap",), ("wish",)), ordered=True, scope="text", within=30),
    Pattern(
        "call-plain", "ask", "call", (("phone",),), negatable=False, subject_counts=True, roles=("worker_question",)
    ),
    Pattern("number", "ask", "personal_info", (("number",), ("wide",)), section=("contact",), subject_counts=True),
    Pattern(
        "number-ahead", "ask", "personal_info", (("wide",), ("number",)), preceded=True, not_section=("tools", "no")
    ),
    Pattern("lost", "ask", "app_install", (("nowhere", "tool"), ("swap", "nobody")), unless=("nothing",)),
    Pattern("lost-too", "ask", "app_install", (("nowhere",),), unless_text=("nothing",), section=("nothing",)),
    Pattern("told", "claim", "consented", (("after",), ("wish", "line")), scope="text", unless_before=("asked",)),
    Pattern("shown", "signal", "hurry", (("wide", "wish"), ("phone", "tool")), within=6, unless_after=("turn",)),
    Pattern("shown-again", "signal", "hurry", (("turn",),), quoted_counts=False),
    Pattern("early", "stage", "before_contract", (("wanted",),), roles=("client_message", "job_posting")),
    Pattern("late", "stage", "after_contract", (("after",), ("swap",)), preceded=True),
    Pattern("here", "site", "crowdworks", (("tool",), ("number",)), scope="text", negatable=True),
    Pattern("there", "site", "lancers", (("zoom",),), unless_after=("tool",)),
    Pattern("asks", "role", "worker_question", (("asked",),), unless_text=("wanted",)),
    Pattern("posts", "role", "job_posting", (("wanted",),), unless_text=("asked",)),
    Pattern("then", "future", "after_contract", (("after",),)),
)
WORDS = tuple(sorted({word for term in TERMS for word in (*term.words, *term.disguised)}))
PIECES = (
    *WORDS, "line", "L○NE", "ラ イ ン", "らいん", "ﾗｲﾝ", "L\u200bI\u200bN\u200bE", "GoogleMeet", "google\nmeet", "お願いします",
    "お願いいたします", "教えてください", "ください", "番号一覧", "の使い方", "スタンプ", "会", "の会", "旧", "新しい", "no", "連絡:", "ツール:", "一号",
    "。", "\n", "\n> ", "「", "」", '"', "?", "!", "✨ ", "😊 ", " ", "  ", "は", "を", "、", "a", "_", "ー", "１", "\ud800",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)

_NAMES = (
    "one",
    "two",
    "three",
    "wish",
    "negation",
    "negation_ahead",
    "as_job_subject",
    "heading_any",
    "heading_x",
    "turn",
)
_LETTERS = ("ab", "abc", "B", "b c", "ア", "アイ", "電話", "電話番号", "番号", "号")
_EXPRESSIONS = (
    "a?b", "b.{0,3}c", "電話(?:番号)?", "[^。]{0,2}番", r"\bab\b", "(?:^|。)電", "号$", "(?:ア|イ){1,2}", "ab|電話.*号", "[a-c]+?c",
    "(?:電話[^。]{0,2}){1,3}号", ".", "番?号",
)  # fmt: skip
_BESIDE = ("c", "号", "ア", "")
random_texts = st.lists(
    st.sampled_from((*_LETTERS, "a", "c", "イ", "ー", "a*c", "あい", "。", "\n", "「", "」", "?", " ", ":", "x")),
    max_size=24,
).map("".join)


def _some(items: tuple[str, ...], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(items), max_size=most, unique=True).map(tuple)


def _make_term(name: str) -> st.SearchStrategy[Term]:
    """Make a term that has something to be found by."""
    return st.builds(
        Term,
        name=st.just(name),
        words=_some(_LETTERS, 3),
        patterns=_some(_EXPRESSIONS),
        disguised=_some(("abc", "アイ", "b c")) if name in ("two", "turn") else st.just(()),
        edges=st.sampled_from(("both", "left", "right", "free")),
        exact_case=st.booleans(),
        covers=_some((*_NAMES, "nowhere")),
        not_before=_some(_BESIDE, 1),
        not_after=_some(_BESIDE, 1),
        channel=st.sampled_from((None, "line", "builtin", "phone")),
        severe=st.booleans(),
        overlapping=st.booleans(),
        anchored=st.just(name == "as_job_subject"),
    ).filter(lambda term: bool(term.words or term.patterns or term.disguised))


_KINDS: tuple[tuple[FactType, str], ...] = (
    ("ask", "call"), ("ask", "call"), ("ask", "line_exchange"), ("claim", "consented"), ("signal", "hurry"),
    ("stage", "before_contract"), ("stage", "after_contract"), ("site", "crowdworks"), ("site", "lancers"),
    ("role", "worker_question"), ("role", "job_posting"), ("future", "after_contract"),
)  # fmt: skip
_guards = _some((*_NAMES, "nowhere"), 1)
_places = st.lists(st.lists(st.sampled_from((*_NAMES, "nowhere")), min_size=1, max_size=3), min_size=1, max_size=3)


@st.composite
def _make_pattern(draw: st.DrawFn, number: int) -> Pattern:
    fact, kind = draw(st.sampled_from(_KINDS))
    return Pattern(
        str(number),
        fact,
        kind,
        needs=tuple(map(tuple, draw(_places))),
        within=draw(st.sampled_from((0, 1, 4, 40))),
        scope=draw(st.sampled_from(("sentence", "text"))),
        ordered=draw(st.booleans()),
        preceded=draw(st.booleans()),
        unless=draw(_guards),
        unless_before=draw(_guards),
        unless_after=draw(_guards),
        unless_text=draw(_guards),
        quoted_counts=draw(st.booleans()),
        negatable=draw(st.booleans()),
        subject_counts=draw(st.booleans()),
        roles=draw(st.sampled_from(((), (), ("client_message",), ("worker_question", "chat"), ("chat",)))),
        section=draw(st.sampled_from(((), (), ("x",), ("y",)))),
        not_section=draw(st.sampled_from(((), (), ("x",), ("y",)))),
    )


random_terms = st.tuples(*map(_make_term, _NAMES))
random_patterns = st.tuples(*map(_make_pattern, range(8)))

_ATOMS = (
    "a", "b", "B", "k", "s", "ab", "電", "話", "電話", "ア", "é", "σ", "𠮷", "_", "0", " ", ".", "[ab]", "[^a]", "[^。\\n]", "[a-c電]",
    "[^ab電話]", r"\d", r"\w", r"\W", r"\s", r"\S", r"\p{Han}", r"[\d話]", r"\.", r"\n", r"\x{96FB}", "^", "$", r"\b",
)  # fmt: skip
_TIMES = ("", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,}", "??", "*?", "+?", "{1,3}?")
LETTERS = (
    "a",
    "b",
    "A",
    "B",
    "k",
    "K",
    "K",
    "s",
    "ſ",
    "電",
    "話",
    "ア",
    "é",
    "É",
    "σ",
    "Σ",
    "ς",
    "𠮷",
    "_",
    "0",
    " ",
    "。",
    "\n",
    ".",
)


def _repeat(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.lists(inner, min_size=1, max_size=4).map("".join)
    choice = st.lists(group, min_size=1, max_size=3).map("|".join)
    return st.builds("(?:{}){}".format, choice, st.sampled_from(_TIMES))


_letters_often = st.builds("".join, st.tuples(st.sampled_from(_ATOMS), st.sampled_from(_TIMES)))
expressions = st.lists(st.recursive(_letters_often, _repeat, max_leaves=8), min_size=1, max_size=4).map("".join)
letters = st.lists(st.sampled_from(LETTERS), max_size=30).map("".join)

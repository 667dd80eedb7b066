"""Tables of signs and the words that stand before a telephone number."""

# CJK Radicals Supplement with the character each stands for: a PDF that is copied gives radicals for characters.
# Unicode Character Database, EquivalentUnifiedIdeograph.txt; those of Kangxi (U+2F00 to U+2FD5) decompose by NFKC.
_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬"
    "⺧牛⺨犭⺩王⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺶羊⺹耂⺺肀⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝"
    "⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_KANGXI = (
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支"
    "攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉"
    "臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚"
    "鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"
)
RADICALS: dict[str, str] = dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)) | {
    chr(0x2F00 + n): character for n, character in enumerate(_KANGXI)
}

# Characters that older systems wrote in the private area and Unicode has named since (GB 18030-2022, appendix D).
STANDARD_FORMS: dict[str, str] = {
    chr(old): chr(new)
    for old, new in (
        (0xE816, 0x20087),
        (0xE817, 0x20089),
        (0xE818, 0x200CC),
        (0xE81E, 0x9FB4),
        (0xE826, 0x9FB5),
        (0xE82B, 0x9FB6),
        (0xE82C, 0x9FB7),
        (0xE831, 0x215D7),
        (0xE832, 0x9FB8),
        (0xE83B, 0x2298F),
        (0xE843, 0x9FB9),
        (0xE854, 0x9FBA),
        (0xE855, 0x241FE),
        (0xE864, 0x9FBB),
    )
}

# Before a local number these words make a run of seven or eight digits a telephone number.
TELEPHONE = (
    "电话",
    "手机",
    "座机",
    "热线",
    "联系方式",
    "联系人",
    "致电",
    "拨打",
    "回拨",
    "请拨",
    "传真",
    "tel",
    "phone",
    "call",
)
EXTENSION = ("转", "分机", "ext.", "ext")
# After it these make it a figure.
UNITS = "元万亿千百吨件美欧%％㎡℃"

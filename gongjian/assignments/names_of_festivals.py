"""Names that come from data and are shown: listed once, so that the catalogue knows them."""

NAMES_MESSAGES = {
    "new_year": "元旦", "spring": "春节", "tomb": "清明节", "labour": "劳动节", "dragon": "端午节", "autumn": "中秋节",
    "national": "国庆节", "v70": "抗战胜利70周年纪念日", "weekend": "周末",
    "start": "研究部署", "turn": "研究转办", "reply": "反馈办理情况", "feedback": "反馈", "close": "办结", "triage": "研判交办",
    "desk": "报统筹专班", "sign": "签收", "answer": "答复企业并报告", "support": "向主办单位提出意见", "contact": "联系企业", "interim": "阶段答复",
}  # fmt: skip

"""Units and sources of the shipped catalogue of indicators: data that is shown, listed once so that the texts know them."""

CATALOGUE_MESSAGES = {
    "亿元": "亿元",
    "万千瓦时": "万千瓦时",
    "千瓦时/万元": "千瓦时/万元",
    "家": "家",
    "户": "户",
    "统计部门": "统计部门",
    "市场监管部门": "市场监管部门",
    "财政部门": "财政部门",
    "税务部门": "税务部门",
    "海关": "海关",
    "供电公司": "供电公司",
    "人民银行": "人民银行",
}

"""Posts that are held in a firm, a bank or an association, as reports print them."""

IN_FIRMS = (
    *("董事长", "董事", "总经理", "经理", "总裁", "总监", "厂长", "法定代表人", "法人代表"),
    *("创始人", "合伙人", "老板", "行长", "会长", "执行官"),
)
FIRMS = ("公司", "企业", "集团", "厂", "合作社")  # whose 负责人 is one of them
IN_CHARGE = "负责人"

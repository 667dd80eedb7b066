"""The monthly figures that are added up, by their keys in the catalogue of facts."""

OUTPUT, REVENUE, ORDERS = "工业总产值", "营业收入", "期末剩余订单"
ELECTRICITY, STAFF = "用电量", "期末从业人员"
CAPACITY, IDLE = "产能利用率", "停产天数"
ADDED = (OUTPUT, REVENUE, ORDERS, ELECTRICITY, STAFF)  # figures that add up over firms
KEYS = (*ADDED, CAPACITY, IDLE)

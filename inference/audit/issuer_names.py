"""How public bodies are called: short for long, and new for old. Data, no code.

Flow:  **issuer names** -> issuers -> identities across years

Only what means one body wherever it stands. A body that was merged into another is not
listed: what two of them carried over, the new one has carried in together.
"""

from __future__ import annotations

# long -> its short forms, without the rank before (市, 县) and the ending behind (局, 委员会)
SHORT_STEMS = {
    "发展和改革": ("发改", "发展改革"),
    "科学技术": ("科技",),
    "教育体育": ("教体",),
    "工业和信息化": ("工信", "工业信息化"),
    "经济和信息化": ("经信", "经济信息化"),
    "科技和工业信息化": ("科工信",),
    "民族宗教事务": ("民宗", "民族宗教"),
    "人力资源和社会保障": ("人社", "人力社保", "人力资源社会保障"),
    "自然资源和规划": ("资规", "自规", "自然资源规划"),
    "住房和城乡建设": ("住建", "住房城乡建设"),
    "住房保障和房产管理": ("房产管理",),
    "城市管理": ("城管",),
    "交通运输": ("交通",),
    "文化和旅游": ("文旅", "文化旅游"),
    "文化广电和旅游": ("文广旅", "文化广电旅游"),
    "文化广电旅游体育": ("文广旅体", "文化广电和旅游体育"),
    "卫生健康": ("卫健", "卫生和健康"),
    "退役军人事务": ("退役军人",),
    "应急管理": ("应急",),
    "市场监督管理": ("市场监管", "市监"),
    "医疗保障": ("医保",),
    "国有资产监督管理": ("国资", "国资监管"),
    "行政审批服务": ("行政审批",),
    "机关事务管理": ("机关事务",),
    "粮食和物资储备": ("粮储", "粮食物资储备"),
    "地方金融监督管理": ("地方金融监管",),
    "人民防空": ("人防",),
    "住房公积金管理": ("公积金管理",),
    "供销合作社联合": ("供销",),
}

# new -> what the same body was called before
FORMER_STEMS = {
    "生态环境": ("环境保护", "环保"),
    "自然资源": ("国土资源",),
    "卫生健康": ("卫生和计划生育", "卫生计生", "卫计"),
    "应急管理": ("安全生产监督管理", "安监"),
    "农业农村": ("农业",),
    "乡村振兴": ("扶贫开发", "扶贫"),
    "文化和旅游": ("文化旅游广电",),
    "数据": ("大数据", "大数据发展", "大数据管理", "大数据发展管理"),
    "地方金融监督管理": ("金融工作", "金融"),
    "医疗保障": (),
}

# Endings that one body uses in turn. 局 and 委员会 are different bodies only where both report.
SHORT_ENDINGS = {
    "委员会": ("委",),
    "管理委员会": ("管委会", "管委"),
    "办公室": ("办",),
    "街道办事处": ("街道办", "街道"),
}
# A body that was renamed now and then changed its ending with its name (扶贫办 -> 乡村振兴局).
RENAMED_ENDINGS = (("局", "办公室"), ("局", "委员会"))

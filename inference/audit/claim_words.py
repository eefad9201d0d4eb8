"""The words that claims about the tables are made of, each with its sense. Data, no code.

Flow:  page -> sentences -> **words** -> claims -> findings

A sentence is cut with this dictionary and nothing else: what it does not hold comes out
letter by letter, and a clause with such a letter is not understood, so it claims nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Sense(StrEnum):
    """What a word does in a claim."""

    UNKNOWN = "unknown"  # not in the dictionary
    NUMBER = "number"
    POINT = "point"  # a mark within a clause
    FILLER = "filler"  # changes nothing
    YEAR = "year"  # the report's own year, the whole of it
    LAST = "last"  # the year before
    NEXT = "next"
    OTHER_YEAR = "other year"
    SELF = "self"  # the issuer
    ALL = "all"
    IN_TIME = "in time"
    EVER = "ever"  # 累计: of this year, or of all years
    NOT = "not"
    NONE_ASKED = "none asked"  # 零申请
    RATE = "rate"  # 办结率
    RESULT = "result"  # 本年度办理结果总计
    IS = "is"
    OF_WHICH = "of which"
    EACH = "each"
    MATTER = "matter"  # 事项: of anything
    WITHOUT = "without"  # 不含, 除
    # applications
    DISCLOSURE = "disclosure"  # the matter: 政府信息公开
    APPLICATION = "application"
    RECEIVE = "receive"
    ASK = "ask"  # 提出
    NEW = "new"
    ACCEPT = "accept"
    FINISH = "finish"
    REPLY = "reply"
    HANDLE = "handle"
    CARRY = "carry"
    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    DENIED = "denied"
    UNAVAILABLE = "unavailable"
    REJECTED = "rejected"
    OTHER = "other"
    # review
    CAUSE = "cause"  # 因, 引起, 涉及
    HAPPEN = "happen"
    CASE = "case"
    RECONSIDERATION = "reconsideration"
    SUIT = "suit"
    DIRECT = "direct"
    AFTER = "after"
    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER_RESULT = "other_result"
    PENDING = "pending"
    # disclosure
    MAKE = "make"
    REPEAL = "repeal"
    IN_FORCE = "in_force"
    NORMATIVE = "normative"
    REGULATION = "regulation"
    DECIDE = "decide"
    DECISION = "decision"
    LICENSING = "licensing"
    PENALTIES = "penalties"
    COERCION = "coercion"


_WORDS = {
    Sense.FILLER: """
        也 共 共计 总共 一共 合计 总计 计 总数 总量 总数量 数 数量 件数 宗数 累计为 已 已经 均 都 的 了
        有 到 并 并且 且 和 与 及 以及 或 或者 在 向 对 对于 于 经 由 将 即 则 中 内 从 自 起 止 本
        该 该项 上述 这 情况 情形 工作 方面 事宜 依法 依规 依法依规 依程序 按 按照
        根据 规定 法定 程序 要求 认真 严格 规范 妥善 有序 稳妥 及时 全面 积极 做好 开展 进行 予以
        给予 作出答复 书面答复 有 共有 各类 所有 有效 正式 社会公众 公众 群众 社会 申请人 当事人
        行政 机关 政府 相关 有关 实际 期间 目前 现 尚 还 仍 另 另有 另外 同时 畅通 渠道 流程 主动
        任何 一次性 完成 处于 继续 至 项 类
    """,
    Sense.YEAR: """
        全年 本年 本年度 今年 当年 年度 全年度 年内 本报告期 报告期 报告期内 报告年度 本报告年度
        一年来 统计期 统计期内 统计期限内 本统计年度 当年度
    """,
    Sense.LAST: "上年 上年度 上一年 上一年度 去年 去年度 前一年 前一年度 往年",
    Sense.NEXT: "下年 下年度 下一年 下一年度 次年 次年度 明年 明年度 来年 跨年 跨年度 继续办理 转下年",
    Sense.ALL: "全部 全数 悉数 均已 都已 已全部 全都 全部已 均全部 100%",
    Sense.IN_TIME: """
        按时 按期 如期 限期 期限 法定期限 法定期限内 法定时限 法定时限内 规定期限 规定期限内
        规定时限 规定时限内 时限内 期限内 时限 准时
    """,
    Sense.EVER: "累计 累计共 累积",
    Sense.NOT: "未 没有 无 未曾 从未 未有 不存在 没 尚未 暂未 暂无 均未 均无 未予",
    Sense.NONE_ASKED: "零申请 零受理 零依申请",
    Sense.RATE: "答复率 办结率 办复率 回复率 按时办结率 按时答复率 及时答复率 按期答复率 按期办结率",
    Sense.RESULT: "办理结果 处理结果",
    Sense.IS: "为 是 系 为零 达 达到",
    Sense.OF_WHICH: "其中 当中",
    Sense.MATTER: "事项 业务 事务",
    Sense.EACH: "各 各为 均为 分别为 分别 都为 都是 均是",
    Sense.WITHOUT: "不含 不包括 除 除去 以外 之外 另加 加上 含 包括 包含 连同 加",
    Sense.DISCLOSURE: "政府信息公开 信息公开 政务公开 政府信息 公开政府信息 政务信息公开 公开信息 信息",
    Sense.APPLICATION: """
        申请 政府信息公开申请 信息公开申请 依申请公开 依申请 公开申请 申请公开 依申请公开政府信息
        依申请公开信息 依申请公开申请 申请件 申请公开政府信息 政府信息申请 依申请公开件
        政府信息依申请公开 申请事项 申请数量 依申请信息公开 依申请政府信息公开 信息公开申请件
        依申请公开政府信息申请 申请书 申请量 政务公开申请 申请表 政府信息公开申请量 信息公开申请量
    """,
    Sense.RECEIVE: "收到 接收 接到 收 收悉 接受 收取到 收件",
    Sense.NEW: "新收 新收到 新接收 本年新收 新增 新接到",
    Sense.ASK: "提出 提交 递交 提请",
    Sense.ACCEPT: "受理 登记 受理登记",
    Sense.FINISH: """
        办结 办理完毕 办毕 处理完毕 办理完结 办理完成 处理完成 完结 办结完成 办理结束 处理结束
        办结量 办结数 办结数量
    """,
    Sense.REPLY: "答复 回复 答复完毕 作答 办复 答复完成 出具答复 书面回复 作出书面答复 作出回复",
    Sense.HANDLE: "办理 处理 处置",
    Sense.CARRY: "结转 转入 转至 滚存 延续 顺延 转到 结转到 结转至 转结 转 转来 留待 留至 遗留 转接",
    Sense.GRANTED: "予以公开 同意公开 准予公开 全部公开",
    Sense.PARTLY_GRANTED: "部分公开 予以部分公开 同意部分公开 部分予以公开",
    Sense.DENIED: "不予公开 不同意公开 不公开",
    Sense.UNAVAILABLE: "无法提供",
    Sense.REJECTED: "不予处理",
    Sense.OTHER: "其他处理 其它处理 其他处理情形",
    Sense.CAUSE: "因 由于 引起 引发 导致 产生 涉及 针对 涉 关于 围绕 所引发 所引起 而引发 而引起",
    Sense.HAPPEN: "被 发生 出现 提起 被提起 被申请 存在 遭",
    Sense.CASE: "案件 案 诉讼案件 复议案件 案例 诉讼案",
    Sense.RECONSIDERATION: "行政复议 复议 行政复议案件 申请行政复议 提起行政复议 被申请行政复议 行政复议案",
    Sense.SUIT: "行政诉讼 诉讼 行政诉讼案件 行政应诉案件 提起行政诉讼 被提起行政诉讼 行政诉讼案 行政起诉",
    Sense.DIRECT: "未经复议直接起诉 直接起诉 未经行政复议直接起诉 未经复议直接提起行政诉讼",
    Sense.AFTER: "复议后起诉 经复议后起诉 行政复议后起诉 经行政复议后起诉 复议后提起行政诉讼",
    Sense.UPHELD: "结果维持 维持 予以维持 维持原行政行为",
    Sense.CORRECTED: "结果纠正 纠正 予以纠正 被纠正 纠错",
    Sense.OTHER_RESULT: "其他结果 其它结果",
    Sense.PENDING: "尚未审结 未审结 正在审理 尚在审理",
    Sense.MAKE: "制发 制定 出台 印发 新制定 制定出台 新制发 制定印发 制作 新制作 新出台 制定发布 新印发",
    Sense.REPEAL: "废止",
    Sense.IN_FORCE: "现行有效 有效 现行",
    Sense.NORMATIVE: "规范性文件 行政规范性文件",
    Sense.REGULATION: "规章 政府规章 行政规章 部门规章",
    Sense.DECIDE: "作出 做出 下达",
    Sense.DECISION: "决定 处理决定 决定书 行政许可决定 行政处罚决定 行政强制决定",
    Sense.LICENSING: "行政许可 行政许可决定",
    Sense.PENALTIES: "行政处罚 行政处罚决定",
    Sense.COERCION: "行政强制 行政强制决定",
}
# Words that are no sense's, so that no part of them is taken for one (申请 in 行政复议申请).
_OTHERS = """
    未经 经复议 行政复议申请 行政复议机关 行政许可申请 登记申请 规章制度 公开规范性文件
    规范性文件解读 申请人数 复议诉讼 应诉 信息条 政府信息条 人大代表 政协 受理点 受理机构 新增长
    申请材料
"""

SENSES: Mapping[str, Sense] = {
    **dict.fromkeys(_OTHERS.split(), Sense.UNKNOWN),
    **{word: sense for sense, words in _WORDS.items() for word in words.split()},
}

# Behind a number: what an application, a case and a document are counted in.
MEASURES = ("件", "份", "宗", "起", "条", "例", "次", "项", "个", "部", "篇", "笔", "件次")

# In a clause that is not understood: what is said behind it is then of another time,
OTHER_TIME = (
    r"截[至止]|以来|历年|累计|上半年|下半年|季度|\d+月|月份|计划|预计|力争|目标|拟|下一步"
    r"|如果|假如|例如|比如|若"
)
# or of another body.
OTHER_BODY = (
    r"各[^类项自方种]|下属|所属|下级|直属|下辖|辖区|基层|全[国省市县区州盟旗镇乡系行]|本级|协助|配合|代为|转办|移送|会同"
    r"|涉及|局|[省市县区]委|委员会|办公室|中心|公司|单位|部门|街道|[^农]村|[乡镇厅]|学校|医院|银行"
)
# A clause that compares: what stands behind it goes on as before.
COMPARING = (
    r"^(?:较|比|同比|环比|[与和].{0,8}(?:相比|持平|比较)|(?:增加|增长|下降|上升|减少|提高|降低|占)"
    r"|申请量(?:同比|较|比))"
)

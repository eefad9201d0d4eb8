"""The words and sentence templates of synthetic prose: data, no code.

Flow:  **phrases** -> prose -> report -> markup -> flattener -> labelled page

`{slot}` is filled by the writer. The sentences name on purpose what the tables name too.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WORDS = _words("""
政务 公开 信息 工作 服务 平台 建设 管理 制度 落实 监督 保障 重点 领域 群众 需求 机制 完善 责任 流程
规范 培训 解读 渠道 网站 专栏 更新 审查 发布 目录 清单 数据 共享 便民 企业 项目 资金 预算 决算 扶贫
教育 医疗 就业 环境 保护 安全 生产 食品 药品 交通 住房 社会 救助 养老 农村 土地 征收 拆迁 供水 供电
招标 采购 执法 检查 公示 结果 回应 关切 舆情 会议 文件 档案 移交 归集 动态 调整 标准 目标 考核 评估
问题 整改 措施 队伍 业务 能力 水平 质量 效率 创新 载体 形式 内容 范围 时限 程序 依据 政策 法规 条例
办法 意见 通知 方案 规划 计划 纪要 公报 新闻 发布 热线 咨询 投诉 建议 提案 答复 满意 营商 优化 改革
深化 统筹 协调 推进 强化 提升 拓展 细化 健全 巩固 夯实 压实 明确 梳理
""")
VERBS = _words("""
加强 完善 推进 规范 优化 健全 落实 深化 强化 拓宽 梳理 细化 提升 抓好 统筹
""")
KINDS = _words("""
政策文件 工作动态 公示公告 规范性文件 财政信息 人事信息 行政许可 行政处罚 行政强制 规划计划 通知公告
政策解读 会议信息 招标采购 行政事业性收费 建议提案 重大项目 其他信息 规章 应急管理
""")
PEOPLE = _words("""
自然人 商业企业 科研机构 法律服务机构 社会公益组织 法人或其他组织 公民
""")
UNITS = _words("""
条 件 篇 次 份 场 期 人次 个 项 余条 多件
""")
CHANNELS = _words("""
门户网站 微信公众号 政务微博 政府公报 电子显示屏 公开栏 新闻发布会 广播电视 政务大厅 今日头条号
信息公开专栏 档案馆查阅点 图书馆查阅点 客户端 宣传手册 村务公开栏
""")
FAULTS = _words("""
公开内容不够全面 信息更新不够及时 解读形式比较单一 工作人员业务不熟 互动回应有待加强
目录编制不够精细 部门之间衔接不畅 专栏设置不尽合理 基层力量较为薄弱 依申请办理欠规范
""")
NAVIGATION = _words("""
首页 政务公开 办事服务 互动交流 走进本地 新闻中心 政府信息公开 政民互动 数据开放 专题专栏 机构概况
领导之窗 公告公示 政策文件 信息公开指南 信息公开制度 法定主动公开内容 信息公开年报 依申请公开 无障碍
繁體 长者版 登录 注册 智能问答 网站地图 English
""")
FOOTER = _words("""
打印本页 关闭窗口 扫一扫在手机打开当前页 分享到： 上一篇： 下一篇：无 返回顶部 相关附件 联系我们
网站声明 友情链接 国务院部门网站 县区网站 微信扫码关注 [打印] 【关闭】
""")
OVERVIEW = (
    "{short}依据《中华人民共和国政府信息公开条例》和{place}有关要求编写本报告。",
    "对照《{two}{two}条例》《{two}{two}{two}规定》和《{two}{two}意见》，{verb}{two}、{two}、{two}等{two}工作。",
    "围绕{two}、{two}和{two}，{verb}{two}{two}，坚持以{two}促{two}、以{two}促{two}，{two}{two}更加{two}。",
    "{verb}组织领导，由主要负责同志牵头，{two}科、{two}科和办公室分工负责，做到责任到人。",
    "信息发布前严格执行“三审三校”，凡涉及{two}、{two}的一律不得公开。",
    "({year}年)印发《关于{verb}{two}{two}工作的通知》(〔{year}〕{s}号)，{verb}{two}“{two}{two}”机制。",
    "经自查，{two}{two}、{two}{two}均按要求{two}到位。",
    "{year}年，{short}{verb}{two}{two}，{verb}{two}公开，主动公开政府信息{n}{unit}。",
    "全年通过{channel}发布信息{n}条，其中{kind}{n}条、{kind}{n}条、{kind}{n}条，占总数的{pct}%。",
    "全年收到政府信息公开申请{n}件，上年结转{s}件，办结{n}件，结转下年度继续办理{s}件。",
    "本年度受理{n}件申请，答复{n}件，其中予以公开{s}件，部分公开{s}件，不予公开{s}件，无法提供{s}件，"
    "不予处理{s}件。",
    "申请人中，{people}{n}件，{people}{s}件，{people}{s}件；当面申请{s}件，网络申请{n}件，信函申请{s}件。",
    "因政府信息公开被申请行政复议{s}件，结果维持{s}件，结果纠正{s}件，其他结果{s}件；行政诉讼{s}件，"
    "尚未审结{s}件。",
    "制发行政规范性文件{s}件，废止{s}件，现行有效{n}件；办理行政许可{n}件、行政处罚{n}件、行政强制{s}件。",
    "{kind}{n}{unit}，{kind}{s}{unit}，较上年{updown}{pct}%。",
    "召开{two}{two}会议{s}次，{verb}{two}{two}{s}项，培训{n}人次。",
    "根据《{two}{two}{two}办法》（{place}政办发〔{year}〕{s}号）要求，{verb}{two}{two}，{verb}{two}。",
    "{month}月{day}日，{short}印发《{year}年{two}{two}{two}要点》，明确{s}个方面{n}项任务。",
    "开设“{two}{two}”专栏{s}个，{verb}{two}{two}栏目{s}个，累计访问量{big}次，单条最高点击{big}次。",
    "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    "如对本报告有疑问，请与{issuer}{two}科联系（地址：{place}{two}路{n}号；邮编：{zip}；电话：{phone}）。",
    "{verb}先审后发，{verb}{two}{two}审查，对{n}{unit}信息逐条核对，发现并{two}问题{s}处。",
    "{channel}、{channel}和{channel}共发布{two}{two}{n}{unit}，回应{two}{two}{s}次，回复网民留言{n}条。",
    "本年新收申请数量与上年相比{updown}{s}件，涉及{two}、{two}、{two}等领域。",
    "{verb}{two}{two}工作，{verb}{two}{two}责任，{two}{two}得到明显改善。",
    "收取信息处理费{s}元，减免{s}元。",
    "政府集中采购{s}次，采购总金额{money}万元，行政事业性收费{money}万元。",
    "按照{two}{two}部署，{verb}{two}、{verb}{two}，{verb}{two}{two}{two}，确保{two}{two}落到实处。",
    "规章{s}件，规范性文件{s}件，对外公开总数量{n}件，政策解读率达到{pct}%。",
    "办理人大代表建议{s}件、政协提案{s}件，全部在规定时限内答复，满意率{pct}%。",
)
PROBLEMS = (
    "一是{fault}；二是{fault}；三是{fault}。",
    "{year}年工作仍有不足：{fault}，{fault}，与{two}{two}要求尚有差距。",
    "下一步，{short}将{verb}{two}{two}，{verb}{two}{two}{two}，每季度通报{s}次，组织培训{s}期。",
    "针对上述问题，{verb}{two}{two}，{verb}{two}制度{s}项，力争{two}{two}{two}再上台阶。",
    "一要{verb}{two}{two}；二要{verb}{two}，{verb}{two}{two}；三要{verb}{two}{two}。",
    "上年度提出的{s}个问题，已整改{s}个，其余正在推进。",
)
OTHERS = (
    "无。",
    "无",
    "本年度无其他需要报告的事项。",
    "{year}年度未收取信息处理费。",
    "依据有关规定收取信息处理费的情况：{s}件，共计{n}元。",
    "本报告电子版可在{place}人民政府网站（www.{domain}.gov.cn）下载，咨询电话：{phone}。",
    "{year}年{month}月，{short}办理{two}{two}建议{s}件，{verb}{two}{two}。",
)
SUBHEADS = (
    "{verb}{two}{two}",
    "{two}{two}情况",
    "主动公开",
    "依申请公开",
    "政府信息管理",
    "公开平台建设",
    "监督保障",
    "存在的问题",
    "改进措施",
    "{verb}{two}，{verb}{two}",
)
HEADINGS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
# `#` is a number; braces are plain.
LEFTOVERS = (
    "body{font-size:#px;line-height:#px} .con{width:#px;margin:#px auto}",
    "table td,table th{border:#px solid #ccc;padding:#px}",
    'p.MsoNormal{mso-style-parent:"";margin:#pt;text-align:justify;font-size:#pt}',
    "@page Section#{size:#.#pt #.#pt;margin:#pt #pt #pt #pt;layout-grid:#.#pt}",
    "var page = #; var total = #; $(function () { show(page, total); });",
    "function zoom(n){document.getElementById('zoom').style.fontSize = n + #;}",
    "$('.nav li').eq(#).addClass('on').siblings().removeClass('on');",
    "window.stat = window.stat || {site: #, column: #};",
    "if (window.innerWidth < #00) { resize(#); }",
    "<!-- #:#:# -->",
)

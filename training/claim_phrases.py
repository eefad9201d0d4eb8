"""What prose claims of the tables, and what it says that only looks like a claim: data, no code.

Flow:  **claim phrases** -> claims -> report -> markup -> flattener -> page to audit

`{slot}` in capitals is a figure of the tables (claims.py says which); others are filled as all
prose is. `zero` names the figures of which the words say that there were none, `some` those
that must not be 0 for the sentence to be written. HELD_OUT was
worded last, to be measured once before rules were mended on it: 134 of 200 contradictions in such
words were found, 27 were unknown. That is what may be found of a stranger's words.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence and what it takes for granted."""

    text: str
    zero: tuple[str, ...] = ()
    some: tuple[str, ...] = ()


APPLICATIONS = (
    Claim(
        "{when}{who}共收到政府信息公开申请{RECEIVED}件，上年结转{CARRIED_IN}件，办结{HANDLED}件，"
        "结转下年度继续办理{CARRIED_OUT}件。"
    ),
    Claim("{when}{who}收到依申请公开{RECEIVED}件，办结{HANDLED}件。"),
    Claim("{when}{who}共受理政府信息公开申请{RECEIVED}件，答复{HANDLED}件。"),
    Claim("{when}{who}新收政府信息公开申请{RECEIVED}件，上年度结转{CARRIED_IN}件，共计{RECEIVED_ALL}件。"),
    Claim("{when}{who}未收到政府信息公开申请。", zero=("RECEIVED",)),
    Claim("{when}{who}没有收到公民、法人和其他组织提出的政府信息公开申请。", zero=("RECEIVED",)),
    Claim("{when}{who}无依申请公开政府信息事项。", zero=("RECEIVED",)),
    Claim("{when}{who}未收到依申请公开，", zero=("RECEIVED",)),
    Claim("{when}{who}收到申请{RECEIVED}件，均已办结。", zero=("CARRIED_OUT",), some=("RECEIVED",)),
    Claim("{when}{who}共收到依申请公开政府信息{RECEIVED}份，全部办结。", ("CARRIED_OUT",), ("RECEIVED",)),
    Claim("{when}{who}共收到公民、法人及其他组织政府信息公开申请{RECEIVED}宗，已办理完毕{HANDLED}宗。"),
    Claim("{who}{when}接到政府信息公开申请{RECEIVED}例，已答复{HANDLED}例，结转至下年{CARRIED_OUT}例。"),
    Claim(
        "办结政府信息公开申请{HANDLED}件，其中：予以公开{GRANTED}件，部分公开{PARTLY}件，不予公开{DENIED}件，"
        "无法提供{UNAVAILABLE}件，不予处理{REJECTED}件，其他处理{OTHER}件。"
    ),
    Claim("在{HANDLED}件办结的政府信息公开申请中，予以公开{GRANTED}件、部分公开{PARTLY}件。"),
    Claim("依申请公开方面，{when}{who}收到申请{RECEIVED}件，作出不予公开答复{DENIED}件。"),
    Claim(
        "{when}{who}共办理政府信息公开申请{HANDLED}件，其中无法提供{UNAVAILABLE}件、不予处理{REJECTED}件。"
    ),
    Claim("上年结转政府信息公开申请{CARRIED_IN}件，{when}新收{RECEIVED}件。"),
    Claim("{when}{who}收到政府信息公开申请{RECEIVED}件（不含上年结转{CARRIED_IN}件）。"),
    Claim("{when}{who}收到的政府信息公开申请数量为{RECEIVED}件，结转下一年度办理{CARRIED_OUT}件。"),
    Claim("{when}{who}收到{RECEIVED}件政府信息公开申请，办结{HANDLED}件。"),
    Claim("全年依申请公开共收到申请{RECEIVED}件，已答复{HANDLED}件，尚有{CARRIED_OUT}件结转下年。"),
    Claim("{year}年度{who}累计收到政府信息公开申请{RECEIVED}件。"),
    Claim("{last}年结转申请{CARRIED_IN}件，{year}年新收申请{RECEIVED}件，结转{next}年{CARRIED_OUT}件。"),
    Claim("{when}{who}共登记收悉政府信息公开申请{RECEIVED}件，已出具答复{HANDLED}件。"),
    Claim("{when}，{who}依申请公开工作平稳有序，全年接收各类申请{RECEIVED}件，办毕{HANDLED}件。"),
    Claim(
        "向{who}提出的政府信息公开申请共有{RECEIVED}件，去年转来{CARRIED_IN}件，留待明年办理{CARRIED_OUT}件。"
    ),
    Claim("{when}{who}依申请公开件数为零。", zero=("RECEIVED",)),
    Claim("{when}，无公民、法人或者其他组织向{who}申请公开政府信息。", zero=("RECEIVED",)),
    Claim(
        "截至{year}年12月31日，{who}共收到信息公开申请{RECEIVED}件，已全部办理完结。",
        ("CARRIED_OUT",),
        ("RECEIVED",),
    ),
    Claim(
        "规范依申请公开。畅通申请渠道，{when}共收到申请{RECEIVED}件，已答复{HANDLED}件，转下年度{CARRIED_OUT}件。"
    ),
    Claim("新收申请{RECEIVED}件、上年结转{CARRIED_IN}件，合计{RECEIVED_ALL}件；办结{HANDLED}件。"),
    Claim(
        "{when}共处理政府信息公开申请{HANDLED}件，予以公开的{GRANTED}件，部分公开的{PARTLY}件，不予公开的{DENIED}件。"
    ),
    Claim("年内收到群众递交的政府信息公开申请合计{RECEIVED}件，答复{HANDLED}件。"),
    Claim("{who}{when}共收到政府信息公开申请{RECEIVED}份，较上年{updown}{pct}%，均依法予以答复。"),
    Claim(
        "{when}{who}共收到依申请公开{RECEIVED}件，其中予以公开{GRANTED}件，不予公开{DENIED}件，均按时办结。"
    ),
    Claim(
        "依申请公开情况：{when}受理依申请公开信息{RECEIVED}件，按规定答复{HANDLED}件，上年结转{CARRIED_IN}件。"
    ),
    Claim("{when}{who}没有收到依申请公开政府信息的申请。", zero=("RECEIVED",)),
    Claim("{when}{who}未接到任何政府信息公开申请。", zero=("RECEIVED",)),
    Claim(
        "{who}{year}年收到政府信息公开申请共计{RECEIVED}件，同比{updown}{pct}%，办理答复{HANDLED}件，"
        "{CARRIED_OUT}件结转下一年度继续办理。"
    ),
    Claim("{when}申请人向{who}提交政府信息公开申请{RECEIVED}件，{who}均在法定期限内办理完毕。"),
    Claim(
        "本年新收政府信息公开申请数量{RECEIVED}件，上年结转政府信息公开申请数量{CARRIED_IN}件，"
        "本年度办理结果总计{HANDLED}件，结转下年度继续办理{CARRIED_OUT}件。"
    ),
    Claim(
        "{when}收到依申请公开件{RECEIVED}件，答复率100%，无一件结转下年。", ("CARRIED_OUT",), ("RECEIVED",)
    ),
    Claim("共收到政府信息公开申请{RECEIVED}件（自然人和法人均有），已办结{HANDLED}件，予以公开{GRANTED}件。"),
    Claim("{when}我们收到政府信息公开申请{RECEIVED}件。"),
    Claim("办理依申请公开{HANDLED}件，无法提供{UNAVAILABLE}件，不予处理{REJECTED}件，其他处理{OTHER}件。"),
    Claim("{when}{who}依申请公开工作零申请。", zero=("RECEIVED",)),
)
REVIEW = (
    Claim("因政府信息公开被申请行政复议{RECONSIDERATION}件，被提起行政诉讼{SUITS}件。"),
    Claim("{when}{who}发生政府信息公开行政复议{RECONSIDERATION}件、行政诉讼{SUITS}件。"),
    Claim(
        "政府信息公开行政复议{RECONSIDERATION}件，其中结果维持{UPHELD}件，结果纠正{CORRECTED}件，"
        "其他结果{OTHER_RESULT}件，尚未审结{PENDING}件。"
    ),
    Claim("{when}{who}未发生因政府信息公开引起的行政复议、行政诉讼。", zero=("RECONSIDERATION", "SUITS")),
    Claim("{when}{who}没有因政府信息公开工作被申请行政复议的情况。", zero=("RECONSIDERATION",)),
    Claim("{when}无因政府信息公开引发的行政诉讼案件。", zero=("SUITS",)),
    Claim("{when}{who}政府信息公开行政复议和行政诉讼均为0件。", zero=("RECONSIDERATION", "SUITS")),
    Claim("{when}涉及政府信息公开的行政复议{RECONSIDERATION}起，行政诉讼{SUITS}起。"),
    Claim("政府信息公开行政诉讼{SUITS}件，其中未经复议直接起诉{DIRECT}件，复议后起诉{AFTER}件。"),
    Claim("行政复议{RECONSIDERATION}件，行政诉讼{SUITS}件。"),
    Claim("{when}因信息公开引发的行政复议案件{RECONSIDERATION}宗、行政诉讼案件{SUITS}宗。"),
    Claim("{when}{who}无行政复议，无行政诉讼。", zero=("RECONSIDERATION", "SUITS")),
    Claim("没有发生针对本机关政府信息公开事务的行政复议或者诉讼。", zero=("RECONSIDERATION", "SUITS")),
    Claim("{when}收到涉及{issuer}信息公开的行政复议{RECONSIDERATION}件，维持{UPHELD}件，纠正{CORRECTED}件。"),
    Claim(
        "政府信息公开类行政复议{RECONSIDERATION}件；行政诉讼{SUITS}件，其中直接起诉{DIRECT}件，经复议后起诉{AFTER}件。"
    ),
    Claim("{when}{who}无政府信息公开类行政复议、行政诉讼案件发生。", zero=("RECONSIDERATION", "SUITS")),
    Claim("因政府信息公开工作引发行政复议{RECONSIDERATION}件、行政诉讼{SUITS}件，较上年有所{updown}。"),
    Claim("{when}被提起政府信息公开行政复议{RECONSIDERATION}件，其中维持{UPHELD}件，纠正{CORRECTED}件。"),
    Claim("{who}{when}未被申请行政复议，未被提起行政诉讼。", zero=("RECONSIDERATION", "SUITS")),
    Claim("{year}年共发生涉及政府信息公开行政诉讼案件{SUITS}起。"),
)
DISCLOSURE_2021 = (
    Claim("{when}{who}制发行政规范性文件{ISSUED}件，废止{REPEALED}件，现行有效{IN_FORCE}件。"),
    Claim("{when}{who}共制定行政规范性文件{ISSUED}件。"),
    Claim("{when}{who}未制定行政规范性文件。", zero=("ISSUED",)),
    Claim("{when}{who}废止行政规范性文件{REPEALED}件，目前现行有效行政规范性文件{IN_FORCE}件。"),
    Claim("{when}{who}作出行政许可决定{LICENCES}件，行政处罚决定{PENALTIES}件。"),
    Claim("{when}{who}制发规章{RULES}件，制发行政规范性文件{ISSUED}件。"),
    Claim("{when}{who}新制定出台行政规范性文件{ISSUED}件，废止行政规范性文件{REPEALED}件。"),
    Claim("截至{year}年底，{who}现行有效的行政规范性文件共{IN_FORCE}件。"),
    Claim("{when}{who}共作出行政处罚决定{PENALTIES}件。"),
    Claim("{when}共印发行政规范性文件{ISSUED}件、废止{REPEALED}件，现行有效行政规范性文件{IN_FORCE}件。"),
    Claim("{when}{who}未出台行政规范性文件。", zero=("ISSUED",)),
    Claim("全年作出行政许可决定{LICENCES}件、行政处罚决定{PENALTIES}件。"),
)
DISCLOSURE_2019 = (
    Claim("{when}{who}制发规范性文件{MADE}件。"),
    Claim("{when}{who}共制定规范性文件{MADE}件。"),
    Claim("{when}{who}未制定规范性文件。", zero=("MADE",)),
    Claim("{when}，{who}新制定出台规范性文件{MADE}份。"),
    Claim("{when}印发规范性文件{MADE}件。"),
)

HELD_OUT_APPLICATIONS = (
    Claim("{when}{who}依申请公开共计{RECEIVED}件，较上年{updown}{s}件，均已按规定办理。"),
    Claim(
        "在依申请公开方面，{who}{when}收到申请人申请{RECEIVED}件，办结率100%。",
        ("CARRIED_OUT",),
        ("RECEIVED",),
    ),
    Claim("{who}全年政府信息公开申请量为{RECEIVED}件，办结量为{HANDLED}件。"),
    Claim("{when}{who}共计收到政府信息公开申请{RECEIVED}件，含上年度结转{CARRIED_IN}件。"),
    Claim(
        "{when}{who}收到的依申请公开申请，予以公开{GRANTED}件、不予公开{DENIED}件、无法提供{UNAVAILABLE}件。"
    ),
    Claim("收到政府信息公开申请数：{RECEIVED}件；办结数：{HANDLED}件；结转下年度办理数：{CARRIED_OUT}件。"),
    Claim("{when}，没有公民、法人或其他组织向{who}提出政府信息公开申请。", zero=("RECEIVED",)),
    Claim("{when}{who}未受理依申请公开政府信息。", zero=("RECEIVED",)),
    Claim("{when}{who}未发生依申请公开事项。", zero=("RECEIVED",)),
    Claim("全年共有{RECEIVED}件政府信息公开申请，其中{CARRIED_OUT}件结转下一年度办理。"),
    Claim("{who}{when}妥善办理各类政府信息公开申请{HANDLED}件次。"),
    Claim(
        "{when}收到申请{RECEIVED}件，目前全部办理完成，没有结转到下一年度的申请。",
        ("CARRIED_OUT",),
        ("RECEIVED",),
    ),
)
HELD_OUT_REVIEW = (
    Claim("{when}{who}没有发生政府信息公开行政复议和诉讼案件。", zero=("RECONSIDERATION", "SUITS")),
    Claim("{when}因信息公开申请行政复议{RECONSIDERATION}件，提起行政诉讼{SUITS}件。"),
    Claim("涉及政府信息公开的行政复议共{RECONSIDERATION}件：维持{UPHELD}件，纠正{CORRECTED}件。"),
    Claim("政府信息公开引起的行政复议、行政诉讼案件数均为零。", zero=("RECONSIDERATION", "SUITS")),
)
HELD_OUT_DISCLOSURE_2021 = (
    Claim("{when}{who}新出台规范性文件{ISSUED}件，废止旧规范性文件{REPEALED}件。"),
    Claim("目前，{who}现行有效规范性文件共计{IN_FORCE}件。"),
    Claim("{when}作出行政许可处理决定{LICENCES}件。"),
)
HELD_OUT_DISCLOSURE_2019 = (Claim("{when}{who}共制作规范性文件{MADE}件。"),)

# None of these is a claim about the report's own tables; {n} and {s} are any numbers.
DISTRACTORS = (
    "较上年{updown}{s}件，",
    "申请量同比{updown}{pct}%，比上年{updown}{n}件。",
    "{last}年{who}收到政府信息公开申请{n}件，办结{n}件。",
    "{last}年，全年共收到申请{n}件，办结{n}件，结转{s}件。",
    "2015年，{who}收到政府信息公开申请{n}件，办结{n}件。",
    "《条例》施行以来，历年累计收到政府信息公开申请{n}件，办结{n}件。",
    "自2008年以来累计受理政府信息公开申请{n}件。",
    "其中，通过网络提交申请{s}件，信函申请{s}件，当面申请{s}件，传真申请{s}件。",
    "其中涉及{two}{two}类申请{s}件，涉及{two}类申请{s}件，已办结{s}件。",
    "各乡镇（街道）、各部门共收到政府信息公开申请{n}件，办结{n}件。",
    "下属事业单位收到政府信息公开申请{s}件，均已办结。",
    "下级机关共受理政府信息公开申请{n}件，答复{n}件。",
    "全国共收到政府信息公开申请{big}件。",
    "收到人大代表建议{s}件、政协委员提案{s}件，全部办结。",
    "受理行政许可申请{n}件，办结{n}件，按时办结率100%。",
    "全年办理行政复议案件{n}件，审结{n}件，结果维持{s}件。",
    "收到行政复议申请{n}件，受理{s}件，办结{s}件。",
    "办理12345热线工单{n}件，办结{n}件，办结率100%。",
    "收到群众来信{n}件，答复{n}件，全部办结。",
    "受理投诉举报{n}件，办结{n}件，结转下年{s}件。",
    "发布规范性文件解读{s}件，公开规范性文件征求意见稿{s}件。",
    "清理行政规范性文件{s}件。",
    "公开行政许可信息{n}条、行政处罚信息{n}条、行政强制信息{s}条。",
    "主动公开政府信息{n}条，其中规范性文件{s}件，规章{s}件。",
    "{year}年上半年收到政府信息公开申请{n}件，办结{n}件。",
    "截至{year}年6月底，共收到申请{n}件。",
    "第一季度受理政府信息公开申请{s}件，第二季度{s}件。",
    "力争下一年度政府信息公开申请按时办结{s}件以上。",
    "计划明年制发行政规范性文件{s}件。",
    "平均每件政府信息公开申请办理用时{s}天。",
    "未收到关于政府信息公开的投诉举报，未收取信息处理费。",
    "申请人对答复不服的，可以依法申请行政复议或者提起行政诉讼。",
    "切实降低行政复议、行政诉讼发生率，防范败诉风险。",
    "与{last}年的{n}件相比，申请量有所变化。",
    "协助其他单位答复政府信息公开申请{s}件，转办{s}件。",
    "信息公开申请主要集中在{two}、{two}领域，占{pct}%。",
    "收到不动产登记申请{n}件，办结{n}件。",
    "举办政府信息公开申请办理培训{s}期，参训{n}人次。",
    "按照规定，自收到政府信息公开申请之日起20个工作日内予以答复。",
    "每件申请均须在15日内答复，确需延期的不超过20个工作日。",
    "自然人申请{s}件，法人或其他组织申请{s}件。",
    "收到科研机构政府信息公开申请{s}件。",
    "未收到涉及国家秘密的政府信息公开申请。",
    "以{place}人民政府名义制发行政规范性文件{s}件。",
    "审核规范性文件{s}件，备案规范性文件{s}件。",
    "受理政府采购投诉{s}件，作出处理决定{s}件。",
    "收取信息处理费的申请{s}件，金额{n}元。",
    "延期答复政府信息公开申请{s}件，补正{s}件。",
    "{two}中心受理申请{n}件，办结{n}件。",
    "若收到申请{s}件以上，应当及时报告。",
    "认真抓好依申请公开和行政复议、行政诉讼应诉工作。",
)
BUREAU_DISTRACTORS = (  # in a bureau's report the whole place is somebody else
    "全市共收到政府信息公开申请{n}件，办结{n}件。",
    "全县制发行政规范性文件{s}件，废止{s}件。",
    "全省行政机关因政府信息公开被申请行政复议{n}件，被提起行政诉讼{n}件。",
)
FILLERS = (
    "{short}依据《中华人民共和国政府信息公开条例》和{place}有关要求编写本报告。",
    "围绕{two}、{two}和{two}，{verb}{two}{two}，坚持以{two}促{two}，{two}{two}更加{two}。",
    "{verb}组织领导，由主要负责同志牵头，{two}科、{two}科和办公室分工负责，做到责任到人。",
    "信息发布前严格执行“三审三校”，凡涉及{two}、{two}的一律不得公开。",
    "全年通过{channel}发布信息{n}条，其中{two}{two}类{n}条、{two}类{n}条，占总数的{pct}%。",
    "召开{two}{two}会议{s}次，{verb}{two}{two}{s}项，培训{n}人次。",
    "{month}月{day}日，{short}印发《{year}年{two}{two}{two}要点》，明确{s}个方面{n}项任务。",
    "开设“{two}{two}”专栏{s}个，{verb}{two}{two}栏目{s}个，累计访问量{big}次。",
    "如对本报告有疑问，请与{issuer}{two}科联系（地址：{place}{two}路{n}号；电话：{phone}）。",
    "{channel}、{channel}共发布{two}{two}{n}条，回应{two}{two}{s}次，回复网民留言{n}条。",
)
PERIODS = (
    "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    "本报告中所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
    "现将{short}{year}年度政府信息公开工作年度报告公布如下。",
)
LAWSUITS = (  # a lawsuit told without a number
    "申请人{two}某因不服{short}政府信息公开答复，向人民法院提起行政诉讼，法院判决驳回其诉讼请求。",
    "某企业因政府信息公开答复将{short}诉至人民法院，该案已开庭审理。",
)

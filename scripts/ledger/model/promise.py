"""The promise: plan, tasks, milestones, indicators, units, places, and the site's settings.

Each field is defined once, here: its Chinese name (`title`), what it means and must hold
(`description`), an example.  The loader's messages, the JSON Schemas and the tables of
data/README.md all come from these definitions.  What the official document says is kept verbatim;
what is ours (titles, notes, readings) is named as ours.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .permalinks import Permalinks
from .redirects import Redirect
from .rules import Rules
from .testimony import Records
from .values import CheckpointId, Day, Fact, Line, Names, Number, Period, Plain, Slug, Title, Web, Whole, Words, Year

NO_TARGET = "——"
"""What the table prints where a checkpoint has no target."""
EMPTY = "〔空〕"
"""What the text of a document writes for a cell in which nothing is printed; the brackets say that the word is ours."""
NOTHING = frozenset({NO_TARGET, "—", "－", "-", "/", "／", "无", EMPTY})
"""Every way in which a table says that there is nothing."""


# ---------------------------------------------------------------- tasks


class Deliverable(Fact):
    """事项：原格里的一件事，照原文切下来，不改一个字。编号是“格号-序号”，如 2-1。"""

    text: Line = Field(title="原文", description="该格原文中连续的一段", examples=["公平小学综合楼完工"])
    site: Names | None = Field(
        None, title="地点或项目", description="文中点名的地点或项目，是原文的一部分；点了几处就写几处", examples=["公平小学综合楼"]
    )
    due: Day | None = Field(None, title="到期日", description="只有这一件事自己写了日期才填", examples=["2023-06-20"])


class Milestone(Fact):
    """节点目标：任务分解表里的一格。格号从1数起。"""

    covers: Annotated[tuple[CheckpointId, ...], Field(min_length=1)] | None = Field(
        None, title="覆盖的节点", description="这一格跨的节点，依次写；合并单元格宽度不明的行（span: inferred）不写", examples=["[2023-03]"]
    )
    text: Line = Field(title="原文", description="该格原文，逐字；没有目标的格写“——”", examples=["完成前期工作。"])
    kind: Literal["target", "none", "rolling"] = Field(
        title="种类", description="target 有目标；none 原表为“——”；rolling 一格管全年，没有写哪个月做到哪一步", examples=["target"]
    )
    due: Day | None = Field(
        None, title="到期日", description="只有原文写明日期（12月底、4月）才填；否则是所跨最后一个节点的月末", examples=["2023-12-31"]
    )
    deliverables: tuple[Deliverable, ...] = Field((), title="事项", description="从这一格切出的事项，按原文先后")


class ScheduleEntry(Fact):
    """节点数：某一格里印着的一个数。"""

    cell: Whole = Field(title="格号", description="这个数印在第几格，从1数起", examples=["6"])
    value: Number = Field(title="数值", description="按指标的计量单位写", examples=["2000"])
    quote: Line = Field(title="原文", description="该格中印着这个数的一段，逐字", examples=["全年预计新增学位2000个"])


class Indicator(Fact):
    """指标：文件承诺的一个数。"""

    id: Slug = Field(title="编号", description="任务内唯一的英文编号，用了就不再改", examples=["new-places"])
    name: Plain = Field(title="名称", description="数的是什么", examples=["新增学位"])
    unit: Plain = Field(title="计量单位", description="数值用的单位", examples=["个"])
    role: Literal["target", "scope", "parameter", "effect"] = Field(
        title="性质",
        description="target 目标，只有它参加评定；scope 规模（1608户）；parameter 标准（5000至20000元）；effect 预期效果（受益20000余人）",
        examples=["target"],
    )
    direction: Literal["at_least", "at_most", "between"] = Field(
        "at_least", title="方向", description="at_least 不低于；at_most 不高于；between 在两数之间", examples=["at_least"]
    )
    target: Number | tuple[Number, Number] | None = Field(
        None, title="全年目标", description="全年的数；between 写成 [低, 高]；全年没有印数就不写", examples=["2000"]
    )
    readings: Annotated[tuple[Annotated[tuple[Number, ...], Field(min_length=1)], ...], Field(min_length=2)] | None = Field(
        None,
        title="几种理解",
        description="只用于 basis: unsettled；每种理解是各节点数的一列，第一种对单位较宽，用它评定",
        examples=["[[20, 20, 20, 20], [20, 40, 60, 80]]"],
    )
    printed: Line | None = Field(None, title="印出的数", description="原文印出的数，带约、余、以上", examples=["2000个"])
    basis: Literal["increment", "cumulative", "level", "share_of_work", "unsettled"] = Field(
        title="口径",
        description="increment 各节点分别新增；cumulative 累计；level 比率（到期当天的数）；share_of_work 工程量百分比；unsettled 原文读不出口径",
        examples=["cumulative"],
    )
    pace: Literal["linear"] | None = Field(
        None, title="推算", description="只用于写着“序时推进”的数：按天数直线推算应完成数，标明“推算”", examples=["linear"]
    )
    due: Day | None = Field(
        None,
        title="到期日",
        description="全年目标的到期日；原文没写时是最后一个节点的月末，并写 due_inferred: true",
        examples=["2023-12-31"],
    )
    due_inferred: Literal["true"] | None = Field(None, title="到期日由本站推定", description="到期日原文没有写", examples=["true"])
    schedule: tuple[ScheduleEntry, ...] = Field((), title="各节点数", description="印在各格里的数，一格一条")
    quote: Line = Field(title="原文", description="正文或表中印着这个数的一段，逐字", examples=["全年新增学位2000个"])


class Cooperating(Fact):
    """配合单位：一格原文，和能认出的单位。"""

    printed: Words | None = Field(
        None,
        title="原文",
        description="该格原文，逐字；原件中的换行写成双引号里的 \\n；分解表没有配合单位一栏的不写",
        examples=["县财政局、相关街道"],
    )
    units: tuple[Line, ...] = Field((), title="单位", description="格中点名的单位，用单位名录里的简称，按原文先后", examples=["[县财政局]"])
    collectives: tuple[Line, ...] = Field(
        (), title="统称", description="各乡镇（街道）之类，照原文列出，不逐个拆开", examples=["[相关街道]"]
    )

    @property
    def words(self) -> str:
        """The cell as printed; where the table has no such column, the names that another cell prints; empty where there are none."""
        return self.printed or "、".join((*self.units, *self.collectives))


class Note(Fact):
    """编者注：本站的话，不是文件的话。"""

    kind: Literal["source", "difference", "sum", "unscheduled", "span", "reading"] = Field(
        title="种类",
        description="source 原文疑点；difference 正文与表不同；sum 数字对不上或不能相加；unscheduled 有数没有节点；span 合并单元格；reading 本站的理解",
        examples=["source"],
    )
    text: Plain = Field(title="注文", description="平实的一两句话", examples=["原文印作“前期期工作”，多一个“期”字，照原文。"])
    quote: Line | None = Field(None, title="所注原文", description="注的是哪几个字，逐字", examples=["前期期工作"])
    indicator: Slug | None = Field(None, title="所注指标", description="注的是哪个指标", examples=["new-places"])
    task: Whole | None = Field(None, title="相关任务", description="注文牵涉的另一项任务", examples=["28"])


class Task(Fact):
    """任务：文件里的一项，承诺一经公布不再改。"""

    title: Title = Field(title="短标题", description="本站起的短标题，不是文件的话；最多20个字", examples=["改善七所学校办学条件"])
    chapter: Slug = Field(title="章", description="plan.yml 里的章编号", examples=["education"])
    label: Line | None = Field(None, title="正文编号", description="正文里这一项前面印的编号，只在不是“序号.”时写", examples=["（一）"])
    row: Line | None = Field(None, title="表中编号", description="分解表序号栏印的字，只在不是序号时写", examples=["1.1"])
    pledge: Line = Field(title="正文原文", description="文件正文里这一项，不含编号，逐字", examples=["新建市级特色专科2个。"])
    table_pledge: Line | None = Field(
        None,
        title="表中原文",
        description="分解表“重点任务”栏，只在与正文不同时写",
        examples=["推进羊市、草堂镇中心卫生院改造提升工程项目。"],
    )
    lead: Annotated[tuple[Line, ...], Field(min_length=1)] = Field(
        title="牵头单位", description="用单位名录里的简称，按原文先后", examples=["[县教委]"]
    )
    lead_printed: Words | None = Field(
        None,
        title="牵头单位栏原文",
        description="这一栏不是各单位用“、”连起来的，照原文；原件中的换行写成双引号里的 \\n",
        examples=["牵头：县教委；配合：县财政局"],
    )
    cooperating: Cooperating = Field(
        Cooperating(), title="配合单位", examples=["{printed: 县财政局、相关街道, units: [县财政局], collectives: [相关街道]}"]
    )
    others: tuple[Line, ...] = Field(
        (), title="其他栏", description="分解表里另外各栏（plan.yml 的 order 写作 other）印的字，依次，逐字", examples=["[全年完成]"]
    )
    span: Literal["inferred"] | None = Field(
        None, title="格宽", description="inferred：合并单元格，电子文本没有留下宽度", examples=["inferred"]
    )
    milestones: Annotated[tuple[Milestone, ...], Field(min_length=1)] = Field(title="节点目标", description="这一行的各格，按先后")
    indicators: tuple[Indicator, ...] = Field((), title="指标", description="这一项承诺的数")
    notes: tuple[Note, ...] = Field((), title="编者注", description="本站的注")

    @property
    def lead_cell(self) -> str:
        """The cell of the table that names who leads, as printed."""
        return self.lead_printed or "、".join(self.lead)


# ---------------------------------------------------------------- plan


class Chapter(Fact):
    """章：文件正文的一章。"""

    id: Slug = Field(title="编号", description="英文编号，也是网址", examples=["education"])
    heading: Line = Field(title="标题原文", description="章的标题，逐字", examples=["三、推动教育发展更加优质"])
    ours: Literal["true"] | None = Field(None, title="本站起的", description="原文没有分章，标题是本站起的，不在原文里", examples=["true"])


class Checkpoint(Fact):
    """节点：文件定的、到那时该做到哪一步的月份，如每两个月、每季一个。"""

    id: CheckpointId = Field(title="节点", description="年-月", examples=["2023-05"])
    printed: Line = Field(title="表头原文", description="分解表表头印的字", examples=["5月"])


class Duty(Fact):
    """机制承诺：文件答应定期做的一件事。"""

    id: Slug = Field(title="编号", description="英文编号，用了就不再改", examples=["monthly-dispatch"])
    name: Plain = Field(title="名称", description="本站起的名称", examples=["工作专班每月调度"])
    every: Literal["month", "quarter", "checkpoint"] | None = Field(
        None, title="周期", description="month 每月；quarter 每季；checkpoint 每个节点；没有周期的不写", examples=["month"]
    )
    first: Period | None = Field(None, title="第一期", description="第一个应做的周期，由本站推定", examples=["2023-04"])
    quote: Line = Field(title="原文", description="写着这件事的一段，逐字", examples=["工作专班每月调度"])
    fulfilled: Plain = Field(title="怎样算做到", description="本站怎样看它做到了没有", examples=["公开材料显示当月开过调度会"])


class Mechanism(Fact):
    """保障机制：编了号、但不是任务的一项。"""

    number: Whole = Field(title="序号", description="接在任务之后编号", examples=["43"])
    label: Line | None = Field(None, title="正文编号", description="正文里这一项前面印的编号，只在不是“序号.”时写", examples=["（一）"])
    title: Title = Field(title="短标题", description="本站起的短标题", examples=["定期调度"])
    chapter: Slug = Field(title="章", description="plan.yml 里的章编号", examples=["mechanisms"])
    text: Line = Field(title="原文", description="这一项，不含编号，逐字")
    duties: tuple[Duty, ...] = Field((), title="机制承诺", description="其中答应定期做或要做的事")


class Document(Fact):
    """公文信息：这份文件是什么。"""

    number: Line = Field(title="文号", description="逐字，括号用原件的", examples=["奉节府办发〔2023〕17号"])
    issuer: Line = Field(title="发文机关", description="逐字", examples=["奉节县人民政府办公室"])
    title: Line = Field(title="标题", description="通知的标题，逐字")
    plan: Line = Field(title="方案名称", description="所印发的方案的名称", examples=["奉节县2023年保障和改善民生行动计划实施方案"])
    dated: Day = Field(title="成文日期", description="落款的日期", examples=["2023-03-13"])
    printed: Day | None = Field(None, title="印发日期", description="版记里的日期；没有就不写", examples=["2023-03-14"])
    url: Web | None = Field(
        None, title="原件网址", description="发文机关公开原件的网址；没有就不写，不能编", examples=["https://www.example.gov.cn/17.html"]
    )
    validity: Plain | None = Field(None, title="有效性", description="公开渠道写明的有效性；没有就不写", examples=["有效"])


Column = Literal["number", "pledge", "cells", "lead", "cooperating", "chapter", "other"]
"""What a column of the table holds; `cells` stands for all checkpoints."""


class Frame(Fact):
    """其余原文：文件中任务以外的原文，一行一条，逐字；加上各项任务就拼回全文。"""

    front: tuple[Line, ...] = Field((), title="正文各章之前", description="从文号到第一章之前")
    back: tuple[Line, ...] = Field((), title="正文各章之后", description="最后一项之后到分解表表头之前")
    columns: Annotated[tuple[Line, ...], Field(min_length=1)] = Field(
        title="分解表栏目",
        description="各栏的表头，逐字，按原表先后；各节点的表头不写在这里",
        examples=["[序号, 重点任务, 目标, 牵头单位, 配合单位]"],
    )
    order: Annotated[tuple[Column, ...], Field(min_length=1)] = Field(
        ("number", "pledge", "cells", "lead", "cooperating"),
        title="各栏是什么",
        description="按原表先后：number 序号；pledge 任务；cells 各节点的目标；lead 牵头（或责任）单位；cooperating 配合单位；chapter 类别；other 其他。"
        "和 columns 一一对应；各节点上面没有总表头的，columns 里没有 cells 那一条。不写就是序号、任务、目标、牵头、配合五栏",
        examples=["[number, pledge, lead, cells]"],
    )
    tasks_in: Literal["text_and_table", "table"] = Field(
        "text_and_table",
        title="任务印在哪里",
        description="text_and_table 正文逐项写任务，表里再写一遍；table 只有表，正文里没有逐项写",
        examples=["table"],
    )
    chapter_rows: Literal["true"] | None = Field(
        None, title="表里分章", description="分解表在每章第一项之前印着章的标题", examples=["true"]
    )
    tail: tuple[Line, ...] = Field((), title="分解表之后", description="最后一行之后的原文，如表下的注")


class Plan(Fact):
    """计划：一份文件的空白模板。"""

    draft: Literal["true"] | None = Field(
        None,
        title="草稿",
        description="true：还在整理，不在网站上，有错也不妨碍已公布的计划；核完删去这一行就公布，公布以后不能再写",
        examples=["true"],
    )
    county: Plain = Field(title="县名", description="县（区、市）的简称，用在站名里", examples=["奉节县"])
    year: Year = Field(title="年度", description="和文件夹的名字相同", examples=["2023"])
    document: Document = Field(title="公文信息")
    checkpoints: Annotated[tuple[Checkpoint, ...], Field(min_length=1)] = Field(title="节点", description="按先后")
    chapters: Annotated[tuple[Chapter, ...], Field(min_length=1)] = Field(title="章", description="按先后")
    mechanisms: tuple[Mechanism, ...] = Field((), title="保障机制", description="编了号、但不是任务的项")
    frame: Frame = Field(title="其余原文")
    notes: tuple[Note, ...] = Field((), title="编者注", description="对任务以外原文的注")


# ---------------------------------------------------------------- registries and settings


class Unit(Fact):
    """单位：名录的一条，以文件印的简称为名。"""

    slug: Slug = Field(title="网址用的拼音", description="英文或拼音，用了就不再改", examples=["jiaowei"])
    kind: Literal["department", "party", "mass", "institution", "enterprise", "township", "group", "other"] = Field(
        title="类别",
        description="department 政府部门；party 党委部门；mass 群团组织；institution 事业单位；enterprise 企业；township 乡镇街道；group 领导小组；other 其他或不确定",
        examples=["department"],
    )
    full_name: Plain | None = Field(None, title="全称", description="只在确定时写", examples=["奉节县教育委员会"])
    aliases: tuple[Line, ...] = Field((), title="别称", description="文件里印过的其他写法", examples=["[县发改委]"])
    phone: Plain | None = Field(None, title="办公电话", description="公开的办公电话；不写个人手机", examples=["023-00000000"])


class Site(Fact):
    """地点：文件点名的地方或项目。"""

    name: Line = Field(title="名称", description="照原文的名称，用作标题", examples=["公平小学综合楼"])
    names: tuple[Line, ...] = Field((), title="其他写法", description="文件里对同一处的其他写法", examples=["[永安幼儿园综合楼]"])
    kind: Plain = Field(title="类别", description="学校、医院、市场、道路、公园、乡镇等", examples=["学校"])
    township: Names | None = Field(None, title="乡镇", description="只在文件印了所在乡镇（街道）时写", examples=["兴隆镇"])
    tasks: Annotated[tuple[Whole, ...], Field(min_length=1)] = Field(title="任务", description="提到它的任务", examples=["[24]"])
    note: Plain | None = Field(None, title="编者注", description="本站的注", examples=["7月起写作“永安幼儿园综合楼”，本站当作同一处。"])


class Publisher(Fact):
    """发布者：谁办这个网站。"""

    kind: Literal["independent", "official"] = Field(
        title="性质", description="independent 不是政府办的；official 政府办的", examples=["independent"]
    )
    name: Plain | None = Field(None, title="名称", description="谁整理；没定就不写，页面显示〔发布者待填〕", examples=["某某志愿者小组"])
    phone: Plain | None = Field(None, title="电话", description="读者报错的电话", examples=["023-00000000"])
    email: Annotated[Line, Field(pattern=r"^[^@\s<>\"]+@[^@\s<>\"]+\.[A-Za-z]{2,}$")] | None = Field(
        None, title="电子邮箱", description="读者报错的邮箱", examples=["ledger@example.org"]
    )


class Settings(Fact):
    """站点：谁办、在哪、怎样许可。"""

    publisher: Publisher = Field(title="发布者")
    base_url: Web | None = Field(
        None, title="网址", description="网站公开后的网址，以 / 结尾；没定就不写", examples=["https://www.example.org/ledger/"]
    )
    fictional: Literal["true"] | None = Field(
        None, title="虚构", description="true：整个县是虚构的演示，处处标明“虚构演示”", examples=["true"]
    )
    feed_tag: Annotated[Line, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+,20\d\d(-\d\d){0,2}$")] | None = Field(
        None,
        title="订阅编号的开头",
        description="一个自己的域名和那时已经归自己的年份；订阅软件靠编号认条目，所以定了就不再改，网站搬家也不改；不写就用通用的",
        examples=["ledger.example.org,2026"],
    )
    repository: Web | None = Field(
        None,
        title="仓库网址",
        description="数据和程序公开在哪里；写了，更新记录里的每个版本号就连到那一次提交",
        examples=["https://git.example.org/county/ledger"],
    )
    licence: Plain = Field(title="许可", description="数据的许可", examples=["CC BY 4.0"])
    footer: dict[Plain, Plain] = Field({}, title="页脚项目", description="备案号、网站标识码之类；没有就不写")


# ---------------------------------------------------------------- the whole


class Promise(Fact):
    """One plan with everything promised in it; `tasks` and `sites` are keyed by number and slug, `permalinks` is None where no address
    has been given out."""

    id: str
    plan: Plan
    tasks: dict[int, Task]
    sites: dict[str, Site]
    permalinks: Permalinks | None = None


class Ledger(Fact):
    """All data of one county: settings, the registry of units, the rules of the colours, plans and testimony by year."""

    settings: Settings
    units: dict[str, Unit]
    rules: Rules
    promises: dict[str, Promise]
    records: dict[str, Records]
    redirects: dict[str, Redirect] = Field(default_factory=dict)

    @property
    def current(self) -> Promise:
        """The newest plan: the one that the home page opens with."""
        return self.promises[max(self.promises)]

"""The skeleton of a plan that a person writes by hand: it passes the check as it stands, and its marks are the steps to take."""

from __future__ import annotations

from collections.abc import Iterable

from .writing import DRAFT

UNIT = "待填单位"
"""The unit of the one example task."""

STEPS = (
    "第1步：把官方文件整份贴进 source.txt，换掉里面的样子；一个字也不改，表的每一格单独一行、行首一个制表符（Tab）",
    "第2步：填好 document（文号、发文机关、标题、方案名称、成文日期），都照原文逐字",
    "第3步：照分解表的表头写 checkpoints（节点）、frame.columns（栏目）和 frame.order（各栏是什么）",
    "第4步：照正文写 chapters（章）；不是任务的编号项写成 mechanisms；其余的原文一行一条写在 frame 的 front、back、tail",
    "第5步：一项任务一个文件，照 tasks/01.yml 抄；check 会说 source.txt 的哪一行还没有录入，全部录入就齐了",
    "第6步：单位写进 units.yml；点名的学校、医院、道路写进 places.yml（data/README.md 有写法）",
    "第7步：核完一处，删去那条“待核”；check 不再提醒，就删去 draft: true 那一行，可以 make site 看网站",
)


def skeleton_files(year: int, county: str, checkpoints: Iterable[str]) -> dict[str, str]:
    """The files of the plan's folder: relative path and text."""
    points = list(checkpoints)
    heads = [f"{int(point[5:])}月" if point.startswith(str(year)) else f"{point[:4]}年{int(point[5:])}月" for point in points]
    return {
        "plan.yml": _plan(year, county, points, heads),
        "tasks/01.yml": _task(points),
        "source.txt": _source(heads),
    }


def _plan(year: int, county: str, points: list[str], heads: list[str]) -> str:
    steps = "\n".join(f"# 待核：{step}" for step in STEPS)
    rows = "\n".join(f"  - {{id: {point}, printed: {head}}}" for point, head in zip(points, heads, strict=True))
    return f"""# {county}{year}年计划的空白模板。每做完一步，运行 make check，它会说还差什么。字段的意思见 data/README.md。
{steps}
{DRAFT}
county: {county}
year: {year}
document:
  number: 待填文号
  issuer: 待填发文机关
  title: 待填标题
  plan: 待填方案名称
  dated: {year}-01-01  # 待核：成文日期，先写了1月1日，照落款改
checkpoints:  # 到哪个月该做到哪一步；id 是年-月，printed 照表头
{rows}
chapters:  # id 用英文或拼音，会成为网址，公布以后不再改；heading 照原文
  - {{id: chapter-1, heading: 待填第一章标题}}
frame:
  front:  # 第一章之前的原文，一行一条
    - 待填文号
    - 待填发文机关
    - 待填标题
    - 待填方案名称
  columns: [序号, 重点任务, 工作目标, 牵头单位, 配合单位]  # 分解表各栏的表头，照原文
  # 各栏是什么。和上面不一样的，写明：number 序号、pledge 任务、cells 各节点、lead 牵头、cooperating 配合、chapter 类别、other 其他
  # order: [number, pledge, cells, lead, cooperating]
  # 正文里没有逐项写任务、只有表的，写 tasks_in: table；表里印着章的标题的，写 chapter_rows: true
"""


def _task(points: list[str]) -> str:
    cells = "\n".join(
        f"""  - covers: [{point}]  # 这一格跨的节点；合并单元格跨几个就写几个
    text: 待填第{number}格原文。  # 逐字；没有安排的格照原文“——”，kind 写 none，不写 deliverables
    kind: target
    deliverables:  # 这一格里的事，照原文切开
      - {{text: 待填第{number}格原文}}"""
        for number, point in enumerate(points, start=1)
    )
    return f"""# 待核：这是样子。一项任务一个文件，01.yml、02.yml……，文件名就是序号
title: 待填短标题  # 本站起的，不超过10个字最好
chapter: chapter-1
pledge: 待填第1项正文原文。  # 不含编号，逐字
lead: [{UNIT}]  # 用 units.yml 里的简称
cooperating:
  printed: ——  # 这一格原文，逐字
milestones:
{cells}
# 写着数的目标写成指标，例如：
# indicators:
#   - id: new-places
#     name: 新增学位
#     unit: 个
#     role: target
#     target: 2000
#     printed: 2000个
#     basis: cumulative
#     due: {points[-1][:4]}-12-31
#     schedule: [{{cell: {len(points)}, value: 2000, quote: 新增学位2000个}}]
#     quote: 全年新增学位2000个
"""


def _source(heads: list[str]) -> str:
    main = ["待填文号", "待填发文机关", "待填标题", "待填方案名称", "待填第一章标题", "1.待填第1项正文原文。"]
    table = ["序号", "重点任务", "工作目标", "牵头单位", "配合单位", *heads]
    row = ["1", "待填第1项正文原文。", *(f"待填第{number}格原文。" for number in range(1, len(heads) + 1)), UNIT, "——"]
    return "\n".join([*main, "", *("\t" + head for head in table), "", *("\t" + field for field in row)]) + "\n"

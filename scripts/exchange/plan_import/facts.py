"""What a document says of itself: its number, who issued it, its title, its days."""

from __future__ import annotations

import re
from datetime import date

NUMBER = re.compile(r"[^\s，。；（）()《》]{1,12}[〔\[［]20\d\d[〕\]］]\s*\d+号")
DAY = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
ISSUER = re.compile(r"[^\s，。；：]{2,22}(人民政府办公室|人民政府|办公室|委员会|领导小组|指挥部|局)(文件)?")


def facts_in(lines: list[str], whole: list[str]) -> dict[str, str | None]:
    """What the document says of itself; None where it does not."""
    bare = [line.strip() for line in lines]
    number = next((found[0] for line in bare if (found := NUMBER.search(line))), None)
    issuer = next((line.removesuffix("文件") for line in bare if ISSUER.fullmatch(line)), None)
    title = next((line for line in bare if re.search("(关于|印发).*通知$", line)), None)
    named = next((found[1] for line in bare if (found := re.search("《([^《》]+)》", line))), None)
    head = next((line for line in bare if re.search("(方案|计划|分解表|清单|实事|一览表)$", line) and len(line) <= 50), None)
    alone = next((found for line in bare if (found := DAY.fullmatch(line.strip("（） 　")))), None)
    any_day = alone or next((found for line in bare if "印发" not in line and (found := DAY.search(line)) and len(line) <= 60), None)
    printed = next((found for line in bare if line.endswith("印发") and (found := DAY.search(line))), None)
    return {
        "number": number,
        "issuer": issuer,
        "title": title or head,
        "plan": named or head,
        "dated": _iso(any_day),
        "printed": _iso(printed),
    }


def _iso(found: re.Match[str] | None) -> str | None:
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None

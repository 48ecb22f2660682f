"""The note that lies in the zip file: what this is, where it comes from, how to read it."""

from __future__ import annotations

from .edition import Edition


def readme(edition: Edition) -> bytes:
    """The whole note, in plain text with line ends that any editor knows."""
    plan = edition.day.promise.plan
    lines = [
        edition.title,
        "",
        edition.identity,
        f"来源：{plan.document.issuer}《{plan.document.plan}》（{plan.document.number}）",
        f"许可：{edition.ledger.settings.licence}　发布者：{edition.publisher}",
        f"{edition.stamp.sentence}（{edition.stamp.commit or '不明'}，{edition.stamp.generated_at}）",
        "",
        "datapackage.json 写明每张表的字段、含义、键和校验值（Data Package 2.0）。CSV 是 UTF-8（带 BOM），行尾 CRLF。",
        "日期写 2023-05-31；数不带单位、≥ 和 %；空格是没有；多个用半角分号隔开；会被表格软件当成公式的文字前加一个单引号。",
        "",
        *(f"{table.name}.csv　{table.title}：{table.description}" for table in edition.tables),
    ]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8")

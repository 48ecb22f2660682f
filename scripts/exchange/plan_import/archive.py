"""Whether a file is a .docx or .xlsx that is safe to open: size, what it unpacks to, macros, entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePath
from typing import Literal

from .shapes import Unfit

MOST_BYTES = 20_000_000
"""A plan with its table is far below a megabyte; what is larger holds pictures, or is no plan."""
MOST_UNPACKED = 100_000_000
MOST_PARTS = 2_000
OLD = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files of Office before 2007, and locked ones, begin."""

Kind = Literal["docx", "xlsx", "text"]
MAIN: dict[str, Kind] = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
ANOTHER = "请用 WPS 或 Word/Excel 另存为 .docx 或 .xlsx"


def kind_of(data: bytes, name: str) -> Kind:
    """What a file is, by what is in it, not by what it is called.  Raises `Unfit`."""
    if len(data) > MOST_BYTES:
        raise Unfit(
            name, f"文件不能大于{MOST_BYTES // 1_000_000}兆字节；请删去图片，只留方案正文和任务分解表", f"{len(data) // 1_000_000}兆字节"
        )
    if not data.strip():
        raise Unfit(name, "文件是空的")
    if data.startswith(OLD):
        raise Unfit(name, f"是旧格式（.doc、.xls）或加了密码的文件，读不了；{ANOTHER}，不设密码")
    if data.startswith(b"%PDF"):
        raise Unfit(name, f"是 PDF，里面没有表格的格子；请找原来的 Word 或 Excel 文件，{ANOTHER}")
    if not data.startswith(b"PK"):
        suffix = PurePath(name).suffix.lower()
        if suffix not in (".txt", ".text", ""):
            raise Unfit(name, f"不是 .docx、.xlsx，也不是文字稿（.txt）；{ANOTHER}", suffix)
        return "text"
    return _packed(data, name)


def _packed(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            kinds = {MAIN[part.filename] for part in parts if part.filename in MAIN}
            if len(kinds) != 1:
                raise Unfit(name, f"压缩包里不是 Word 或 Excel 文件；{ANOTHER}")
            _refuse_bulk(parts, name)
            if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
                raise Unfit(name, "文件里带宏，不打开；请另存为不带宏的 .docx 或 .xlsx")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!" in archive.read(part)[:2000].replace(b"<!--", b""):
                    raise Unfit(name, f"文件里的 {part.filename} 含有文档类型声明，正常的 Office 文件没有；请重新另存一份")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise Unfit(name, f"文件坏了，打不开；请重新{ANOTHER.removeprefix('请')}") from None
    return kinds.pop()


def _refuse_bulk(parts: list[zipfile.ZipInfo], name: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise Unfit(
            name,
            f"解开以后太大（不能超过{MOST_UNPACKED // 1_000_000}兆字节、{MOST_PARTS}个部分），不打开",
            f"{unpacked // 1_000_000}兆字节、{len(parts)}个部分",
        )

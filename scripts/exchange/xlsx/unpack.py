"""A returned file is opened without trusting it: what it may be, how large, which parts; then its cells as plain text.

openpyxl, which writes our workbooks, is not used to read them: it builds every cell of a merged range or of a hyperlink's range, and a
file of one kilobyte can claim seventeen thousand million.  Why and how: docs/decisions/0017-workbooks-in.md
"""

from __future__ import annotations

import io
import posixpath
import zipfile

from .book import MOST_CELLS, Book, Sheet, Unfit
from .parts import Contents, Grid, Strings, Styles, parse

MOST_BYTES = 8_000_000
"""Of the file; of each part unpacked."""
MOST_UNPACKED = 24_000_000
MOST_PARTS = 300
MOST_SHEETS = 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def unpack(data: bytes) -> Book:
    """The cells of a workbook's bytes.  Raises `Unfit`; whatever the bytes, nothing else."""
    _look(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Reader(archive).book()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError):
        raise Unfit("这个文件坏了，读不出来；请用表格软件打开，另存为 .xlsx 再交") from None
    except Exception as error:
        if type(error).__module__ == "zlib":  # the one error class of that module
            raise Unfit("这个文件坏了，读不出来；请用表格软件打开，另存为 .xlsx 再交") from None
        raise


def _look(data: bytes) -> None:
    """What the first bytes tell."""
    if len(data) > MOST_BYTES:
        raise Unfit(f"文件太大（{len(data) // 1_000_000}兆，最多{MOST_BYTES // 1_000_000}兆）；请交从本站取的那份表，不要贴图片")
    if not data:
        raise Unfit("文件是空的")
    if data.startswith(OLE):
        raise Unfit("这是旧格式（.xls、.et），或者加了密码；请去掉密码，另存为 .xlsx（不是改名）再交")
    if not data.startswith(b"PK"):
        raise Unfit("这不是 .xlsx 工作簿；请用表格软件打开，另存为 .xlsx（不是改名）再交")


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = self._checked()
        self.cells = 0

    def _checked(self) -> set[str]:
        entries = self.archive.infolist()
        if len(entries) > MOST_PARTS:
            raise Unfit(f"工作簿里的部件太多（{len(entries)}个，最多{MOST_PARTS}个）")
        if any(entry.file_size > MOST_BYTES for entry in entries) or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise Unfit("工作簿解开以后太大；请从本站重新取一份表来填，不要整列整行设格式")
        names = [entry.filename for entry in entries]
        if len(set(names)) != len(names):
            raise Unfit("工作簿里有重名的部件；请另存为 .xlsx 再交")
        if "content.xml" in names and "xl/workbook.xml" not in names:
            raise Unfit("这是 .ods 表格；请在表格软件里另存为 .xlsx（不是改名）再交")
        if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
            raise Unfit("工作簿里有宏；请另存为不带宏的 .xlsx 再交")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unfit("工作簿加了密码；请去掉密码再交")
        return set(names)

    def part(self, name: str) -> bytes:
        """The bytes of a part, no more than were announced and allowed."""
        if name not in self.names:
            raise Unfit(f"工作簿里缺少 {name}；请用表格软件打开，另存为 .xlsx 再交")
        with self.archive.open(name) as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise Unfit("工作簿解开以后太大；请从本站重新取一份表来填")
        return data

    def book(self) -> Book:
        targets = self._targets()
        shared, percent = self._shared(targets), self._percent(targets)
        found = Contents()
        parse(self.part("xl/workbook.xml"), found.start)
        if len(found.sheets) > MOST_SHEETS:
            raise Unfit(f"工作表太多（{len(found.sheets)}张，最多{MOST_SHEETS}张）")
        sheets: dict[str, Sheet] = {}
        for name, relation in found.sheets:
            target = targets.get(relation)
            if target and target[0].endswith("/worksheet"):
                sheets[name] = self._sheet(name, target[1], shared, percent)
        return Book(sheets, found.from_1904)

    def _targets(self) -> dict[str, tuple[str, str]]:
        """The parts that the workbook names: id → (type, path); what lies outside the file is left out."""
        targets: dict[str, tuple[str, str]] = {}

        def start(tag: str, values: dict[str, str]) -> None:
            if tag == "Relationship" and values.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/xl", values.get("Target", ""))).lstrip("/")
                targets[values.get("Id", "")] = (values.get("Type", ""), path)

        parse(self.part("xl/_rels/workbook.xml.rels"), start)
        return targets

    def _of_type(self, targets: dict[str, tuple[str, str]], kind: str) -> bytes | None:
        path = next((path for of, path in targets.values() if of.endswith(f"/{kind}")), None)
        return self.part(path) if path else None

    def _shared(self, targets: dict[str, tuple[str, str]]) -> list[str]:
        data = self._of_type(targets, "sharedStrings")
        strings = Strings()
        if data:
            parse(data, strings.start, strings.end, strings.text)
        return strings.found

    def _percent(self, targets: dict[str, tuple[str, str]]) -> list[bool]:
        data = self._of_type(targets, "styles")
        styles = Styles()
        if data:
            parse(data, styles.start, styles.end)
        return [styles.percent(number) for number in styles.formats]

    def _sheet(self, name: str, path: str, shared: list[str], percent: list[bool]) -> Sheet:
        rows = Grid(Sheet(name), shared, percent, MOST_CELLS - self.cells)
        parse(self.part(path), rows.start, rows.end, rows.text)
        self.cells += len(rows.sheet.cells)
        return rows.sheet

"""What the system says when it will not write, in words for staff."""

from __future__ import annotations

import errno
import re

FULL = "磁盘满了，写不下；请腾出空间，再来一次"
BARRED = "没有读写的权限；请换一个文件夹，或用有权限的用户运行"
REASONS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: "超过了磁盘配额，写不下；请腾出空间，再来一次",
    errno.EFBIG: "系统不让写这么大的文件（看一看 ulimit -f），写不下",
    errno.EROFS: "这个磁盘只能读，不能写；请换一个文件夹",
    errno.EACCES: BARRED,
    errno.EPERM: BARRED,
}
NOWHERE = "没有一个临时文件夹写得进去，多半是磁盘满了；请腾出空间，再来一次"
SAID = re.compile(r"^\w*Error: \[Errno (\d+)\] [^:\n]*(?:: '(.*)')?", re.MULTILINE)
"""How Python prints such an error at the end of a traceback."""
SAID_BY_XML = re.compile(r"\bIO_(E[A-Z]+)\b")
"""How libxml2, which writes the sheets of a workbook, names the same."""
SAID_BY_TEMPFILE = "No usable temporary directory found"
"""Python tries to write a few bytes in each; why it could not it does not say."""


def reason(error: Exception) -> str | None:
    """Why, and where, without a full stop; None where it is another kind of error."""
    if isinstance(error, OSError) and error.errno in REASONS:
        return _words(error.errno, str(error.filename or ""))
    return _by_others(str(error))


def reason_said(output: str) -> str | None:
    """The same, of what another process printed."""
    found = [words for number, name in SAID.findall(output) if (words := _words(int(number), name))]
    return found[-1] if found else _by_others(output)


def _by_others(said: str) -> str | None:
    if SAID_BY_TEMPFILE in said:
        return NOWHERE
    numbers = (getattr(errno, name, 0) for name in SAID_BY_XML.findall(said))
    return next((words for number in numbers if (words := _words(number, ""))), None)


def _words(number: int, name: str) -> str | None:
    words = REASONS.get(number)
    return words and words + (f"（{name}）" if name else "")

"""Writes the contracts of pyproject.toml anew: one exhaustive layers contract for each package, as the imports stand now (they must have no
circle), and what only some may import.  python contracts.py ROOT"""

import sys
from pathlib import Path

import grimp

root = Path(sys.argv[1]).resolve()
sys.path.insert(0, str(root))
graph = grimp.build_graph("scripts", "macros", cache_dir=None)
FIXED = {
    "scripts": ["__main__", "cli", "exchange | changes | site", "exports", "tables", "pages", "store", "ledger"],
    "scripts.ledger": ["checks", "series", "verdict", "phrases", "plan", "model"],
    "macros": ["engine", "pages", "parts | first_paint", "context", "render"],
}
SAYS = {
    "scripts": "scripts: each room imports only rooms below it",
    "scripts.ledger": "the domain: model, plan, phrases, verdict, series, checks, each above the one before",
    "macros": "macros: the engine shows pages, pages are made of parts, parts know their context",
}


def levels(package):
    children = sorted(graph.find_children(package))
    inside = {c: {c} | graph.find_descendants(c) for c in children}
    below = {
        c: {d for d in children if d != c and any(graph.find_modules_directly_imported_by(m) & inside[d] for m in inside[c])}
        for c in children
    }
    depth = {}

    def of(c, way=()):
        if c in way:
            raise SystemExit(f"a circle: {' -> '.join((*way, c))}")
        if c not in depth:
            depth[c] = 1 + max((of(d, (*way, c)) for d in below[c]), default=-1)
        return depth[c]

    for c in children:
        of(c)
    rows = [[c.rpartition(".")[2] for c in children if depth[c] == level] for level in range(max(depth.values()) + 1)]
    return [" | ".join(row) for row in reversed(rows)]


def contract(name, kind, **fields):
    out = ["[[tool.importlinter.contracts]]", f'name = "{name}"', f'type = "{kind}"']
    for key, value in fields.items():
        if isinstance(value, list):
            whole = f"{key} = [{', '.join(chr(34) + v + chr(34) for v in value)}]"
            if key == "layers" or len(whole) > 140:
                whole = f"{key} = [\n" + "".join(f'  "{v}",\n' for v in value) + "]"
            out.append(whole)
        else:
            out.append(f"{key} = {'true' if value is True else value}")
    return "\n".join(out) + "\n"


def only(what, who, allowed):
    return contract(f"only {who} imports {what}", "protected", protected_modules=what.split(" and "), allowed_importers=allowed)


packages = sorted(m for m in graph.modules if graph.find_children(m))
packages.sort(key=lambda m: (not m.startswith("scripts"), m.count("."), m))
found = []
for package in packages:
    rows = FIXED.get(package) or levels(package)
    found.append(contract(SAYS.get(package, f"inside {package}"), "layers", containers=[package], layers=rows, exhaustive=True))
found += [
    contract("no circle, not even behind TYPE_CHECKING", "acyclic_siblings", ancestors=["scripts", "macros"]),
    contract("scripts never import macros", "forbidden", source_modules=["scripts"], forbidden_modules=["macros"]),
    contract(
        "the domain touches no file, no process, no environment",
        "forbidden",
        source_modules=["scripts.ledger"],
        forbidden_modules=["os", "pathlib", "io", "shutil", "subprocess", "tempfile", "time", "socket", "urllib", "rich", "mkdocs"],
        allow_indirect_imports=True,
    ),
    contract(
        "files, git, swaps and stamps know nothing of the ledger",
        "forbidden",
        source_modules=[
            f"scripts.store.{m}"
            for m in [
                "clock",
                "commits",
                "disk_errors",
                "git",
                "git_log",
                "git_objects",
                "git_write",
                "new_file",
                "picture_cache",
                "project",
                "stamp",
                "swap",
                "work_folder",
                "yaml_messages",
                "yaml_reader",
                "yaml_writer",
                "zips",
            ]
        ],
        forbidden_modules=["scripts.ledger"],
    ),
    contract(
        "only the engine loads data for the pages",
        "forbidden",
        source_modules=["macros.render", "macros.context", "macros.first_paint", "macros.parts", "macros.pages"],
        forbidden_modules=[
            "scripts.store.load",
            "scripts.store.yaml_reader",
            "scripts.store.git",
            "scripts.store.git_objects",
            "scripts.site",
            "scripts.changes.history",
            "scripts.cli",
        ],
    ),
    contract(
        "links and permalinks look at finished pages only, which are read in one place",
        "forbidden",
        source_modules=["scripts.site.permalinks", "scripts.site.links", "scripts.site.built_site"],
        forbidden_modules=["scripts.store.load", "scripts.pages", "scripts.site.build", "scripts.tables", "scripts.ledger.model.promise"],
    ),
    contract(
        "what reads plans from outside knows the domain; only its last step touches a data folder",
        "forbidden",
        source_modules=[
            f"scripts.exchange.plan_import.{m}"
            for m in [
                "shapes",
                "vocabulary",
                "tables",
                "main_text",
                "drafts",
                "facts",
                "archive",
                "docx_reader",
                "xlsx_reader",
                "text_reader",
            ]
        ],
        forbidden_modules=["scripts.store.load", "scripts.store.files", "scripts.store.yaml_reader"],
    ),
    contract(
        "workbooks know the domain; only their last step touches a data folder",
        "forbidden",
        source_modules=[
            "scripts.exchange.xlsx",
            *(
                f"scripts.exchange.workbooks.{m}"
                for m in ["cell_values", "columns", "rows", "reports", "answers", "differences", "outgoing", "style", "offered"]
            ),
        ],
        forbidden_modules=[
            "scripts.store.load",
            "scripts.store.files",
            "scripts.store.yaml_reader",
            "scripts.store.yaml_writer",
            "scripts.store.git",
            "scripts.tables",
            "scripts.pages",
        ],
    ),
    contract(
        "what reads a returned workbook does not trust the library that writes ours",
        "forbidden",
        source_modules=[
            "scripts.exchange.xlsx",
            *(f"scripts.exchange.workbooks.{m}" for m in ["cell_values", "rows", "reports", "answers", "differences"]),
        ],
        forbidden_modules=["openpyxl"],
    ),
    contract(
        "what pushes new reports opens no workbook",
        "forbidden",
        source_modules=["scripts.store.git_write", "scripts.exchange.uploads"],
        forbidden_modules=["scripts.store.load", "scripts.store.files", "scripts.exchange.workbooks", "scripts.exchange.xlsx"],
    ),
    contract(
        "comparing with the public branch builds no site",
        "forbidden",
        source_modules=["scripts.changes"],
        forbidden_modules=["scripts.tables", "scripts.exports"],
    ),
    contract(
        "checksums know files and the stamp, nothing of the ledger",
        "forbidden",
        source_modules=["scripts.site.manifest"],
        forbidden_modules=[
            "scripts.ledger",
            "scripts.store.load",
            "scripts.store.git",
            "scripts.pages",
            "scripts.tables",
            "scripts.exports",
        ],
    ),
    contract(
        "who checks a copy builds it as everyone does, and looks at the bytes alone",
        "forbidden",
        source_modules=["scripts.cli.verify"],
        forbidden_modules=["scripts.pages", "scripts.tables", "scripts.exports"],
        allow_indirect_imports=True,
    ),
    contract(
        "the preview watches and answers; only its worker builds",
        "forbidden",
        source_modules=["scripts.site.preview.server", "scripts.site.preview.watch"],
        forbidden_modules=["scripts.store.load", "scripts.site.build", "scripts.ledger", "scripts.pages", "scripts.store.git"],
    ),
    only("pandas", "the tables", ["scripts.tables"]),
    only(
        "openpyxl",
        "what writes a workbook",
        [
            "scripts.exchange.workbooks.outgoing",
            "scripts.exchange.workbooks.style",
            "scripts.exports.downloads.workbook",
            "scripts.exchange.plan_import.xlsx_reader",
        ],
    ),
    only(
        "docx",
        "a brief, and the reader of plans",
        ["scripts.exports.docx_brief", "scripts.exports.docx_style", "scripts.exchange.plan_import.docx_reader"],
    ),
    only("PIL", "who draws a card", ["scripts.exports.cards"]),
    only("yaml", "one reader", ["scripts.store.yaml_reader"]),
    only("mkdocs", "the engine, and the preview's worker that starts it", ["macros.engine", "scripts.site.preview.worker"]),
    only("jinja2", "render", ["macros.render"]),
    only("icalendar", "the calendars", ["scripts.exports.calendars"]),
    only("segno", "one part", ["macros.parts.qr"]),
    only("rich", "the command line", ["scripts.cli"]),
    only("subprocess", "git, and who starts mkdocs", ["scripts.store.git", "scripts.site.build", "scripts.site.preview.builder"]),
    only("argparse", "the command line", ["scripts.__main__", "scripts.cli"]),
]
path = root / "pyproject.toml"
text = path.read_text(encoding="utf-8")
head = text[: text.index("[tool.importlinter]")]
path.write_text(
    head + '[tool.importlinter]\nroot_packages = ["scripts", "macros"]\ninclude_external_packages = true\n\n' + "\n".join(found),
    encoding="utf-8",
)

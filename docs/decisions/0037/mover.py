"""Moves the house: modules, symbols, templates and files to new places, and everything that names them along with them.

    python mover.py [--root DIR] [--only STEP …] [--from STEP] [--commit] [--check]     moves, step by step (plan.py has the steps)
    --check     only says what no step has a place for, and what a step would move that is not there
    --commit    one commit a step

A module that the plan does not know stops everything before anything is touched: it is reported, never guessed.
Works from the tree alone: run it again on any tree of today's shape and it does the same.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.dont_write_bytecode = True
PACKAGES = ("scripts", "macros", "tests")
TEXT = (".py", ".toml", ".md", ".yml", ".yaml", ".j2", ".js", ".cfg", ".html", ".json", ".example", "")


@dataclass
class Step:
    """One move.  `modules`: old module → new; `symbols`: old module → {new module: names}; `renames`: (old module, name) → new name;
    `files`: old path → new path (a trailing / moves a folder's mention, not its files); `templates`: old name → new, below
    macros/templates; `text`: (path after the move, old words, new words), each found at least once; `inits`: package → docstring;
    `docs`: new module → its docstring, where it is not the old one's."""

    name: str
    subject: str
    body: str = ""
    modules: dict[str, str] = field(default_factory=dict)
    symbols: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    renames: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    mentions: dict[str, str] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    text: list[tuple[str, str, str]] = field(default_factory=list)
    inits: dict[str, str] = field(default_factory=dict)
    docs: dict[str, str] = field(default_factory=dict)
    before: list[Callable[[Path], list[str]]] = field(default_factory=list)
    after: list[Callable[[Path], list[str]]] = field(default_factory=list)


def run(root: Path, *command: str, check: bool = True) -> str:
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=check).stdout


class Mover:
    def __init__(self, root: Path, step: Step) -> None:
        self.root, self.step = root, step
        self.files = [
            f
            for f in run(root, "git", "ls-files", "-co", "--exclude-standard").split("\n")
            if f and (root / f).is_symlink() | (root / f).exists()
        ]
        self.mods = {dotted(f): f for f in self.files if f.endswith(".py") and f.split("/")[0] in PACKAGES}
        self.moved = {old: new for old, new in step.modules.items() if old in self.mods}
        self.absent = [old for old in {*step.modules, *step.symbols} if old not in self.mods] + [
            f for f in step.files if not f.endswith("/") and f not in self.files
        ]
        self.followed = {m: path for m, path in self.followers().items() if m not in self.moved}
        self.moved |= {m: dotted(path) for m, path in self.followed.items()}
        self.homes: dict[tuple[str, str], str] = {}
        self.rest: dict[str, str] = {}
        for old, parts in step.symbols.items():
            if old in self.mods:
                for new, names in parts.items():
                    for name in names:
                        if name == "*":
                            self.rest[old] = new
                        else:
                            self.homes[old, name] = new
        self.split = {old for old, _ in self.homes}
        self.paths = {self.mods[old]: self.path_of(old, new) for old, new in self.moved.items()} | {
            o: n for o, n in step.files.items() if o in self.files
        }
        for file in self.files:
            if file not in self.paths and not file.endswith(".py"):
                for old_folder, new_folder in step.mentions.items():
                    if file.startswith(old_folder):
                        self.paths[file] = new_folder + file.removeprefix(old_folder)
        self.touched: set[str] = set()
        self.made: set[str] = set()
        self.remarks: list[str] = []

    # ------------------------------------------------------------ where things are

    def followers(self) -> dict[str, str]:
        """Modules that the plan does not name in folders that move as a whole: they go along under their own names."""
        found = {}
        for module, file in self.mods.items():
            for old, new in self.step.mentions.items():
                if old in WHOLE and file.startswith(old) and not (file.endswith("/__init__.py") and module in (*self.step.modules, *NAMED)):
                    found[module] = new + file.removeprefix(old)
        return found

    def path_of(self, old: str, new: str) -> str:
        """The file of a module's new place.  A package stays one where its new name is a package of the plan."""
        path = new.replace(".", "/")
        return f"{path}/__init__.py" if self.stays_package(old, new) else f"{path}.py"

    def stays_package(self, old: str, new: str) -> bool:
        return self.mods[old].endswith("/__init__.py") and (new in PACKAGE_TARGETS or old in self.followed)

    def home(self, module: str, name: str | None = None) -> str:
        if name is not None and (module, name) in self.homes:
            return self.homes[module, name]
        if name is not None and module in self.rest:
            return self.rest[module]
        return self.moved.get(module, module)

    def new_name(self, module: str, name: str) -> str:
        return self.step.renames.get((module, name), name)

    def affected(self, module: str) -> bool:
        return module in self.moved or module in self.split or any(m == module for m, _ in self.step.renames)

    # ------------------------------------------------------------ the whole

    def go(self) -> None:
        texts: dict[str, str] = {}
        for file in self.files:
            if skipped(file):
                continue
            path = self.root / file
            if path.is_symlink():
                self.relink(file)
                continue
            if path.suffix not in TEXT or not path.is_file():
                continue
            try:
                old = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            if file.endswith(".py") and dotted(file) in self.mods and file.split("/")[0] in PACKAGES:
                new = self.python(file, old)
            else:
                new = self.mention(old, file)
            if new != old or file in self.paths:
                texts[file] = new
        parts = {}
        for module in self.split:
            text = texts.get(self.mods[module], (self.root / self.mods[module]).read_text(encoding="utf-8"))
            for target, chunk in self.parted(module, text).items():
                parts[target] = joined(parts[target], chunk) if target in parts else chunk
        self.write(texts, parts)
        for package, doc in self.step.inits.items():
            self.init(package, doc)
        for path, old, new in self.step.text:
            self.replace(path, old, new)
        for hook in self.step.after:
            self.remarks += hook(self.root)
        self.tidy()

    def write(self, texts: dict[str, str], parts: dict[str, list[str]]) -> None:
        for file, text in texts.items():
            if dotted(file) in self.split:
                continue
            new = self.paths.get(file, file)
            (self.root / new).parent.mkdir(parents=True, exist_ok=True)
            if new != file:
                if (self.root / new).exists():
                    raise SystemExit(f"{new} is there already ({file} should go there)")
                (self.root / file).rename(self.root / new)
            (self.root / new).write_text(text, encoding="utf-8")
            self.touched.add(new)
        for file, new in self.paths.items():
            if file not in texts and dotted(file) not in self.split:
                (self.root / new).parent.mkdir(parents=True, exist_ok=True)
                (self.root / file).rename(self.root / new)
                self.touched.add(new)
        for module in self.split:
            (self.root / self.mods[module]).unlink()
        for target, chunk in parts.items():
            path = self.root / (target.replace(".", "/") + ".py")
            if (self.root / target.replace(".", "/") / "__init__.py").exists():
                path = self.root / target.replace(".", "/") / "__init__.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists():
                chunk = joined(path.read_text(encoding="utf-8"), chunk)
            last = target.rpartition(".")[2]
            chunk = re.sub(rf"^from (?:\.{last}|{re.escape(target)}) import .*\n", "", chunk, flags=re.M)  # from itself
            path.write_text(chunk, encoding="utf-8")
            self.touched.add(str(path.relative_to(self.root)))
            self.made.add(str(path.relative_to(self.root)))
        for old in sorted(self.root.glob("*/**/"), key=lambda p: -len(p.parts)):
            if old.parts[len(self.root.parts)] in PACKAGES and old.is_dir():
                left = [p for p in old.iterdir() if p.name != "__pycache__"]
                if [p.name for p in left] == ["__init__.py"] and self.idle(left[0]):
                    left[0].unlink()
                    left = []
                if not left:
                    subprocess.run(["rm", "-rf", str(old)], check=True)

    def idle(self, init: Path) -> bool:
        """Whether a package's own file says nothing, and the package was emptied by this step."""
        package = dotted(str(init.relative_to(self.root)))
        if package.count(".") == 0 or package in self.step.inits:
            return False
        had = [m for m in self.mods if m.startswith(package + ".")] + [
            f for f in self.files if f.startswith(package.replace(".", "/") + "/") and not f.endswith("__init__.py")
        ]
        return bool(had)

    def init(self, package: str, doc: str) -> None:
        path = self.root / package.replace(".", "/") / "__init__.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f'"""{doc}"""\n' if doc else ""
        if not path.exists() or package in FORCED or not path.read_text(encoding="utf-8").strip():
            path.write_text(text, encoding="utf-8")
            self.touched.add(str(path.relative_to(self.root)))

    def replace(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        if not file.exists():
            self.remarks.append(f"text rule: {path} is not there")
            return
        text = file.read_text(encoding="utf-8")
        if old not in text:
            self.remarks.append(f"text rule: {path} does not hold {old!r}")
            return
        file.write_text(text.replace(old, new), encoding="utf-8")
        self.touched.add(path)

    def relink(self, file: str) -> None:
        path = self.root / file
        target = (path.parent / path.readlink()).resolve()
        if not target.is_relative_to(self.root.resolve()):
            return
        inside = str(target.relative_to(self.root.resolve()))
        if inside in self.paths:
            path.unlink()
            path.symlink_to(os.path.relpath(self.root / self.paths[inside], path.parent))

    def tidy(self) -> None:
        """Imports sorted, those that a part does not need dropped; parts formatted."""
        ruff = [str(self.root / ".venv/bin/ruff")]
        changed = sorted(f for f in self.touched if f.endswith(".py") and (self.root / f).exists())
        if changed:
            subprocess.run([*ruff, "check", "-q", "--fix", "--select", "I001", *changed], cwd=self.root, check=False)
        made = sorted(self.made)
        if made:
            subprocess.run([*ruff, "check", "-q", "--fix", "--select", "F401,I001", *made], cwd=self.root, check=False)
            subprocess.run([*ruff, "format", "-q", *made], cwd=self.root, check=False)

    # ------------------------------------------------------------ text

    def mention(self, text: str, file: str = "") -> str:
        """Text with every mention of a moved path, module or template under its new name."""
        for old, new in self.step.templates.items():
            if file.startswith("macros/"):
                text = text.replace(f'"{old}"', f'"{new}"').replace(f"'{old}'", f"'{new}'")
        text = PATH.sub(lambda found: self.path_word(found[0]), text)
        return DOTTED.sub(lambda found: self.folder_word(found[0]) or self.dotted_word(found[0]), text)

    def folder_word(self, word: str) -> str | None:
        """A package by its dotted name."""
        mapped = self.step.mentions.get(word.replace(".", "/") + "/")
        return mapped.rstrip("/").replace("/", ".") if mapped else None

    def path_word(self, word: str) -> str:
        bare = word.rstrip(".")
        tail = word[len(bare) :]
        if bare in self.paths:
            return self.paths[bare] + tail
        for old, new in self.step.templates.items():
            if bare == f"macros/templates/{old}":
                return f"macros/templates/{new}" + tail
        for old, new in sorted(self.step.mentions.items(), key=lambda pair: -len(pair[0])):
            if bare == old or (old.endswith("/") and (bare.startswith(old) or bare == old.rstrip("/"))):
                return (new if bare == old else new.rstrip("/") if bare == old.rstrip("/") else new + bare[len(old) :]) + tail
        return word

    def dotted_word(self, word: str) -> str:
        steps = word.split(".")
        for cut in range(len(steps), 0, -1):
            module = ".".join(steps[:cut])
            if module in self.mods and self.affected(module):
                rest = steps[cut:]
                if rest and (module, rest[0]) in self.homes:
                    return ".".join([self.homes[module, rest[0]], self.new_name(module, rest[0]), *rest[1:]])
                if rest:
                    rest = [self.new_name(module, rest[0]), *rest[1:]]
                return ".".join([self.home(module), *rest])
            if module in self.mods:
                return self.folder_word(word) or word
        return self.folder_word(word) or word

    # ------------------------------------------------------------ Python

    def python(self, file: str, text: str) -> str:
        """A file of Python for its new place: imports, and every mention."""
        module = dotted(file)
        tree = ast.parse(text)
        lines = text.split("\n")
        offsets = [0]
        for line in lines:
            offsets.append(offsets[-1] + len(line) + 1)

        def at(line: int, column: int) -> int:
            return offsets[line - 1] + len(lines[line - 1].encode()[:column].decode())

        edits: list[tuple[int, int, str]] = []
        spans: list[tuple[int, int]] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                start, end = at(node.lineno, node.col_offset), at(node.end_lineno or 0, node.end_col_offset or 0)
                spans.append((start, end))
                new, more = self.imported(node, module, file, tree, text)
                if new is not None:
                    indent = " " * node.col_offset
                    edits.append((start, end, ("\n" + indent).join(new)))
                for other, word in more:
                    edits.append((at(other.lineno, other.col_offset), at(other.end_lineno or 0, other.end_col_offset or 0), word))
        edits += [(at(n.lineno, n.col_offset), at(n.end_lineno or 0, n.end_col_offset or 0), w) for n, w in self.own_renames(module, tree)]
        inside = lambda where: any(a <= where < b for a, b in spans) or any(a <= where < b for a, b, _ in edits)  # noqa: E731
        for pattern, change in ((PATH, self.path_word), (DOTTED, self.dotted_word)):
            for found in pattern.finditer(text):
                if not inside(found.start()) and (word := change(found[0])) != found[0]:
                    edits.append((found.start(), found.end(), word))
        out, last = "", 0
        for start, end, word in sorted(set(edits)):
            if start < last:
                continue
            out += text[last:start] + word
            last = end
        out += text[last:]
        if file.startswith(("macros/", "tests/")):
            for old, new in self.step.templates.items():
                if file.startswith("macros/"):
                    out = out.replace(f'"{old}"', f'"{new}"')
        return out

    def own_renames(self, module: str, tree: ast.Module) -> list[tuple[ast.AST, str]]:
        """Names that the module itself defines and that get another name."""
        wanted = {name: new for (m, name), new in self.step.renames.items() if m == module}
        found: list[tuple[ast.AST, str]] = []
        for node in ast.walk(tree) if wanted else ():
            if isinstance(node, ast.Name) and node.id in wanted:
                found.append((node, wanted[node.id]))
            elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in wanted:
                word = "class " if isinstance(node, ast.ClassDef) else "def "
                place = ast.Name(id=node.name, ctx=ast.Load())
                place.lineno = place.end_lineno = node.lineno
                place.col_offset = node.col_offset + len(word)
                place.end_col_offset = place.col_offset + len(node.name.encode())
                found.append((place, wanted[node.name]))
        return found

    def source_of(self, node: ast.ImportFrom, module: str, file: str) -> str:
        if not node.level:
            return node.module or ""
        package = module.split(".") if file.endswith("__init__.py") else module.split(".")[:-1]
        package = package[: len(package) - (node.level - 1)]
        return ".".join([*package, *([node.module] if node.module else [])])

    def imported(
        self, node: ast.Import | ast.ImportFrom, module: str, file: str, tree: ast.Module, text: str
    ) -> tuple[list[str] | None, list[tuple[ast.AST, str]]]:
        """An import as it reads in the new place (None: as before), and what changes where its names are used."""
        here = self.home(module)
        if isinstance(node, ast.Import):
            names = [(alias.name, alias.asname) for alias in node.names]
            if not any(name in self.mods and self.affected(name) for name, _ in names):
                return None, []
            return [
                f"import {self.home(name) if name in self.mods else name}" + (f" as {asname}" if asname else "") for name, asname in names
            ], []
        base = self.source_of(node, module, file)
        if base.split(".")[0] not in PACKAGES:
            return None, []
        moved_here = module in self.moved or module in self.split
        wanted: dict[str, list[str]] = {}
        more: list[tuple[ast.AST, str]] = []
        changed = moved_here and bool(node.level)
        for alias in node.names:
            full = f"{base}.{alias.name}"
            if full in self.mods:
                changed |= self.affected(full)
                for target, shown in self.as_module(full, alias, tree, file, more):
                    parent, _, last = target.rpartition(".")
                    wanted.setdefault(parent, []).append(last + (f" as {shown}" if shown != last else ""))
            else:
                name = self.new_name(base, alias.name)
                changed |= base in self.mods and (self.home(base, alias.name) != base or name != alias.name)
                target = self.home(base, alias.name) if base in self.mods else base
                if name != alias.name and not alias.asname:
                    more += [(each, name) for each in ast.walk(tree) if isinstance(each, ast.Name) and each.id == alias.name]
                wanted.setdefault(target, []).append(name + (f" as {alias.asname}" if alias.asname else ""))
        if not changed:
            return None, []
        place = (
            here
            if self.mods[module].endswith("__init__.py") and (module not in self.moved or self.stays_package(module, here))
            else here.rpartition(".")[0]
        )
        statements = []
        for target, names in wanted.items():
            ref = reference(place, target) if node.level else target  # what was written whole stays so: a hook of mkdocs has no package
            statements.append(f"from {ref} import {', '.join(names)}")
        if "#" in text.split("\n")[node.end_lineno - 1][node.end_col_offset or 0 :]:
            self.remarks.append(f"{file}:{node.lineno}: a comment stands behind an import that was rewritten")
        return statements, more

    def as_module(self, full: str, alias: ast.alias, tree: ast.Module, file: str, more: list[tuple[ast.AST, str]]) -> list[tuple[str, str]]:
        """The modules that stand for an imported module, each with the name it gets: where a module was split, one for each part used."""
        shown = alias.asname or alias.name
        uses = [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == shown]
        homes: dict[str, list[ast.Attribute]] = {}
        for each in uses:
            homes.setdefault(self.home(full, each.attr), []).append(each)
            new = self.new_name(full, each.attr)
            if new != each.attr:
                place = ast.Name(id="", ctx=ast.Load())
                place.lineno, place.end_lineno = each.end_lineno or 0, each.end_lineno
                place.end_col_offset = each.end_col_offset
                place.col_offset = (each.end_col_offset or 0) - len(each.attr.encode())
                more.append((place, new))
        if not homes:
            return [(self.home(full), shown)]
        if len(homes) == 1:
            return [(next(iter(homes)), shown)]
        default, found = self.home(full), []
        for home, places in homes.items():
            word = shown if home == default else home.rpartition(".")[2]
            if home != default:
                taken = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} | {
                    n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)
                }
                if word in taken:
                    word = f"{word}_module"
                    self.remarks.append(f"{file}: {home} is called {word} here: its name is taken")
                more += [(each.value, word) for each in places]
            found.append((home, word))
        return found

    # ------------------------------------------------------------ a module in parts

    def parted(self, module: str, text: str) -> dict[str, str]:
        """The parts of a module that is split, by their new modules: each with all imports, and what it takes from the other parts."""
        tree, lines = ast.parse(text), text.split("\n")
        renamed = {new: old for (m, old), new in self.step.renames.items() if m == module}
        body = list(tree.body)
        doc = ""
        if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and isinstance(body[0].value.value, str):
            doc = "\n".join(lines[body[0].lineno - 1 : body[0].end_lineno])
            body = body[1:]
        heads = [
            n for n in body if isinstance(n, ast.Import | ast.ImportFrom) or (isinstance(n, ast.If) and "TYPE_CHECKING" in ast.dump(n.test))
        ]
        rest = [n for n in body if n not in heads]
        pieces: list[tuple[set[str], str, set[str], bool]] = []
        last = max((n.end_lineno or 0 for n in (*heads, *tree.body[:1])), default=0)
        for node in rest:
            segment = "\n".join(lines[last : node.end_lineno]).strip("\n")
            names = defined(node)
            used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} | quoted_names(node)
            if not names and isinstance(node, ast.Expr) and pieces:
                old = pieces[-1]
                pieces[-1] = (old[0], old[1] + "\n" + segment, old[2] | used, old[3])
            else:
                close = (
                    bool(pieces)
                    and not isinstance(node, ast.FunctionDef | ast.ClassDef)
                    and "\n\n" not in "\n".join(lines[last : node.lineno])
                )
                pieces.append((names, segment, used, close))
        default = self.home(module)
        where: dict[str, str] = {}
        homes: list[str] = []
        for names, _, _, _ in pieces:
            asked = {self.homes.get((module, renamed.get(n, n)), self.rest.get(module, default)) for n in names} or {default}
            if len(asked) > 1:
                raise SystemExit(f"{module}: {names} belong to several parts")
            homes.append(next(iter(asked)))
            where |= dict.fromkeys(names, homes[-1])
        missing = [n for (m, n) in self.homes if m == module and self.new_name(m, n) not in where]
        if missing:
            self.remarks.append(f"{module} does not define {', '.join(missing)}")
        head = "\n".join("\n".join(lines[n.lineno - 1 : n.end_lineno]) for n in heads)
        found: dict[str, str] = {}
        for target in dict.fromkeys(homes):
            mine = [(segment, close) for (_, segment, _, close), home in zip(pieces, homes, strict=True) if home == target]
            used = set().union(*(u for (_, _, u, _), home in zip(pieces, homes, strict=True) if home == target))
            crossing: dict[str, list[str]] = {}
            for name in sorted(used):
                if where.get(name, target) != target:
                    crossing.setdefault(where[name], []).append(name)
                    if name.startswith("_"):
                        self.remarks.append(f"{target} takes the private {name} from {where[name]}")
            more = "\n".join(
                f"from {reference(target.rpartition('.')[0], other)} import {', '.join(names)}" for other, names in crossing.items()
            )
            own = self.place_imports(head, default if self.mods[module].endswith("/__init__.py") else default.rpartition(".")[0], target)
            words = f'"""{self.step.docs[target]}"""' if target in self.step.docs else doc if target == default else f'"""{target}."""'
            if target not in self.step.docs and target != default and target not in self.mods and target not in self.moved.values():
                self.remarks.append(f"{target} has no docstring")
            code = ""
            for segment, close in mine:
                code += ("\n" if close else "\n\n\n") + segment
            found[target] = f"{words}\n\n{own}\n{more}\n{code}\n"
        return found

    def place_imports(self, head: str, home: str, target: str) -> str:
        """Relative imports of a module of the package `home`, as another part writes them."""
        if home == target.rpartition(".")[0]:
            return head
        out, lines = [], head
        tree = ast.parse(lines)
        source = lines.split("\n")
        package = home.split(".")
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.level:
                base = ".".join([*package[: len(package) - (node.level - 1)], *([node.module] if node.module else [])])
                names = ", ".join(a.name + (f" as {a.asname}" if a.asname else "") for a in node.names)
                out.append(f"from {reference(target.rpartition('.')[0], base)} import {names}")
            else:
                out.append("\n".join(source[node.lineno - 1 : node.end_lineno]))
        return "\n".join(out)


WHOLE: set[str] = set()
NAMED: set[str] = set()
PATH = re.compile(r"(?:(?<![\w./-])|(?<=\.ledger/))(?:scripts|macros|tests)/[\w./-]*")
DOTTED = re.compile(r"(?<![\w./-])(?:scripts|macros|tests)(?:\.[A-Za-z_]\w*)+")
PACKAGE_TARGETS: set[str] = set()
FORCED: set[str] = set()


def skipped(file: str) -> bool:
    """What no mention is changed in: a county's data, what is published, what the lock files and the past say."""
    return (
        file.startswith(("data/", ".move/", "docs/assets/", "docs/guide/", "uploads/"))
        or file in ("CHANGELOG.md",)
        or file.endswith((".lock", ".png", ".xlsx"))
        or (file.startswith("docs/") and file.count("/") == 1)
    )


def dotted(file: str) -> str:
    name = file[:-3].replace("/", ".")
    return name.removesuffix(".__init__")


def reference(package: str, target: str) -> str:
    """How a module of `package` names `target`: relative inside a room, whole between rooms."""
    a, b = package.split("."), target.split(".")
    room = 2 if a[0] == "scripts" else 1
    if a[:room] != b[:room] or len(a) < room:
        return target
    common = 0
    while common < min(len(a), len(b)) and a[common] == b[common]:
        common += 1
    return "." * (len(a) - common + 1) + ".".join(b[common:])


def defined(node: ast.stmt) -> set[str]:
    match node:
        case ast.FunctionDef() | ast.ClassDef() | ast.AsyncFunctionDef():
            return {node.name}
        case ast.Assign():
            return {n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name)}
        case ast.AnnAssign() if isinstance(node.target, ast.Name):
            return {node.target.id}
        case _:
            return set()


def quoted_names(node: ast.stmt) -> set[str]:
    """Names inside quoted annotations and casts, as far as they are plain."""
    return (
        {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str) and n.value.isidentifier()}
        if isinstance(node, ast.AnnAssign)
        else set()
    )


def joined(there: str, more: str) -> str:
    """A second part behind the first, its imports at the head."""
    tree = ast.parse(more)
    lines = more.split("\n")
    body = tree.body[1:] if isinstance(tree.body[0], ast.Expr) else tree.body
    heads = [n for n in body if isinstance(n, ast.Import | ast.ImportFrom)]
    imports = "\n".join(
        "\n".join(lines[n.lineno - 1 : n.end_lineno]) for n in heads if not (isinstance(n, ast.ImportFrom) and n.module == "__future__")
    )
    rest = "\n".join(lines[max(n.end_lineno or 0 for n in heads) :])
    first = ast.parse(there)
    cut = max(n.end_lineno or 0 for n in first.body if isinstance(n, ast.Import | ast.ImportFrom))
    head = "\n".join(there.split("\n")[:cut])
    return f"{head}\n{imports}\n" + "\n".join(there.split("\n")[cut:]).rstrip("\n") + "\n\n\n" + rest.strip("\n") + "\n"


def strangers(root: Path, steps: list[Step]) -> list[str]:
    """Modules, templates and test folders that no step has a place for and that are in none of the new places."""
    from plan import KEEP

    whole = tuple(WHOLE)
    known = {
        m for s in steps for m in (*s.modules, *s.modules.values(), *s.symbols, *(t for p in s.symbols.values() for t in p), *s.inits)
    } | KEEP
    files = run(root, "git", "ls-files", "-co", "--exclude-standard").split("\n")
    found = []
    for file in files:
        if (
            file.endswith(".py")
            and file.startswith(("scripts/", "macros/"))
            and dotted(file) not in known
            and not file.startswith(whole)
            and (root / file).exists()
        ):
            tree = ast.parse((root / file).read_text(encoding="utf-8"))
            doc = (ast.get_docstring(tree) or "").split("\n")[0]
            found.append(f"{file}: {doc}")
    templates = {t for s in steps for t in (*s.templates, *s.templates.values())}
    found += [f for f in files if f.startswith("macros/templates/") and f.removeprefix("macros/templates/") not in templates]
    known_tests = {m for s in steps for m in (*s.modules, *s.modules.values())}
    loose = []
    for file in files:
        if (
            file.endswith(".py")
            and file.startswith("tests/")
            and dotted(file) not in known_tests
            and not file.startswith((*STAYING_TESTS, *whole))
            and (root / file).exists()
        ):
            loose.append(file)
    if loose:
        print("tests that stay where they are (give them a room in plan.py, or not): " + ", ".join(loose))
    return found


STAYING_TESTS = (
    "tests/bench/",
    "tests/browser/",
    "tests/every_day/",
    "tests/fuzz/",
    "tests/guide/",
    "tests/real_plan/",
    "tests/ledger/",
    "tests/__init__.py",
    "tests/conftest.py",
    "tests/reading.py",
    "tests/canaries.py",
    "tests/fixtures/",
)


def main() -> None:
    from plan import FOLLOW, GONE, STEPS

    asked = argparse.ArgumentParser()
    asked.add_argument("--root", type=Path, default=Path.cwd())
    asked.add_argument("--only", nargs="*")
    asked.add_argument("--start")
    asked.add_argument("--commit", action="store_true")
    asked.add_argument("--check", action="store_true")
    asked.add_argument("--list", action="store_true")
    o = asked.parse_args()
    root = o.root.resolve()
    for step in STEPS:
        PACKAGE_TARGETS.update(step.inits)
    WHOLE.update(FOLLOW)
    NAMED.update(GONE)
    if o.list:
        print("\n".join(s.name for s in STEPS))
        return
    found = strangers(root, STEPS)
    if found:
        print("NO PLACE FOR (add them to plan.py):\n  " + "\n  ".join(found), flush=True)
        sys.exit(1)
    steps = [s for s in STEPS if not o.only or s.name in o.only]
    if o.start:
        steps = steps[[s.name for s in steps].index(o.start) :]
    for step in steps:
        early = [remark for hook in step.before for remark in hook(root)] if not o.check else []
        mover = Mover(root, step)
        mover.remarks += early
        done = not mover.moved and not mover.homes and not mover.paths
        if o.check:
            if mover.absent:
                print(f"{step.name}: not there: {', '.join(sorted(mover.absent))}")
            continue
        mover.go()
        print(f"== {step.name}: {len(mover.moved)} modules, {len(mover.homes)} symbols, {len(mover.touched)} files touched", flush=True)
        for old, new in mover.followed.items():
            print(f"   {old} followed its folder to {new}")
        for remark in mover.remarks:
            print(f"   {remark}")
        if mover.absent and not done:
            print(f"   not there: {', '.join(sorted(mover.absent))}")
        if o.commit:
            run(root, "git", "add", "-A")
            subprocess.run(
                ["git", "-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", step.subject + (f"\n\n{step.body}" if step.body else "")],
                cwd=root,
                check=False,
            )


if __name__ == "__main__":
    main()

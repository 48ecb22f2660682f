"""The floor plan: where everything goes, one room a step.  Pure moves first, then the splits that the floors need."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from mover import Step

GONE = {  # packages' own files that say what the new ones say
    "scripts.forms",
    "scripts.frames",
    "scripts.ledger.chronicle",
    "scripts.ledger.judging",
    "scripts.ledger.rulebook",
    "scripts.ledger.testimony",
    "scripts.ledger.testimony_checks",
    "scripts.plan_import",
    "scripts.preview",
    "scripts.sheets",
}
FOLLOW = {  # folders that move as a whole: what is new in them goes along
    "scripts/sheets/",
    "scripts/forms/",
    "scripts/plan_import/",
    "scripts/intake/",
    "scripts/county/",
    "scripts/verbs/",
    "scripts/preview/",
    "scripts/downloads/",
    "scripts/search/",
    "scripts/frames/",
    "tests/open_data/",
    "tests/preview/",
    "tests/guard/",
    "tests/sheets/",
    "tests/forms/",
    "tests/plan_import/",
    "tests/intake/",
    "tests/problems/",
}
KEEP = GONE | {
    "scripts",
    "scripts.ledger",
    "scripts.__main__",
    "macros",
    "macros.engine",
    "macros.context",
    "macros.render",
    "macros.first_paint",
}


def under(old: str, new: str, names: str) -> dict[str, str]:
    """Modules of one folder into another: `a b>c` keeps a and renames b."""
    found = {}
    for word in names.split():
        was, _, now = word.partition(">")
        found[f"{old}.{was}"] = f"{new}.{now or was}"
    return found


LEDGER = Step(
    "ledger",
    "The domain in six rooms: model, plan, phrases, verdict, series, checks",
    "Each imports only the ones named before it. A stranger looks for a rule under checks, for a colour under verdict, for what happens\n"
    "over the year under series. Files moved and renamed; nothing in them but imports is changed.",
    modules=under("scripts.ledger", "scripts.ledger.model", "values model>promise permalinks redirects problems personal>personal_data")
    | {"scripts.ledger.wording": "scripts.ledger.model.fields"}
    | under("scripts.ledger.testimony", "scripts.ledger.model", "records proceedings folders>testimony")
    | under("scripts.ledger.rulebook", "scripts.ledger.model", "rules wordbook")
    | under("scripts.ledger", "scripts.ledger.plan", "schedule source lines>place_lines")
    | {"scripts.ledger.rulebook.speech": "scripts.ledger.phrases.phrasebook", "scripts.ledger.words": "scripts.ledger.phrases.formats"}
    | {"scripts.measures": "scripts.ledger.phrases.measures"}
    | under(
        "scripts.ledger.judging",
        "scripts.ledger.verdict",
        "seen>evidence duties>terms owing>obligations figures>indicators deliveries>deliverables judgement reasons lacking>missing_data "
        "marks revising>revisions beside>other_verdicts standing",
    )
    | under(
        "scripts.ledger.judging",
        "scripts.ledger.series",
        "corrections freshness history>checkpoint_results kept>preserved_results unit_figures",
    )
    | under(
        "scripts.ledger.chronicle",
        "scripts.ledger.series",
        "chronicle happening>happenings of_plan>plan_happenings of_tasks>task_happenings",
    )
    | under(
        "scripts.ledger",
        "scripts.ledger.series",
        "agenda asked>report_questions comparison day first_results machinery>mechanisms minutes>meetings opening purse>funding reporting",
    )
    | under("scripts", "scripts.ledger.series", "briefs site_visits unit_table")
    | under(
        "scripts.ledger",
        "scripts.ledger.checks",
        "checks>promise_checks plan_checks>plan_rules task_checks>task_rules indicator_checks>indicator_rules gaps meant>suggestions",
    )
    | under(
        "scripts.ledger.testimony_checks",
        "scripts.ledger.checks",
        "checking hygiene record_checks>testimony_checks content_checks>content_rules proceedings_checks>proceedings_rules "
        "report_checks>report_rules revision_checks>revision_rules",
    ),
    files={"scripts/ledger/rulebook/rules.yml": "scripts/ledger/model/rules.yml"},
    mentions={
        "scripts/ledger/judging/": "scripts/ledger/verdict/",
        "scripts/ledger/testimony_checks/": "scripts/ledger/checks/",
        "scripts/ledger/testimony/": "scripts/ledger/model/",
        "scripts/ledger/rulebook/": "scripts/ledger/model/",
        "scripts/ledger/chronicle/": "scripts/ledger/series/",
    },
    text=[
        ("scripts/program_rules.py", '"ledger" / "rulebook" / "rules.yml"', '"ledger" / "model" / "rules.yml"'),
        (
            "pyproject.toml",
            'layers = ["scripts.ledger.checks", "scripts.ledger.verdict", "scripts.ledger.model.promise", "scripts.ledger.model", "scripts.ledger.model", "scripts.ledger.model.values"]',
            'layers = ["scripts.ledger.checks", "scripts.ledger.series", "scripts.ledger.verdict", "scripts.ledger.phrases", "scripts.ledger.plan", "scripts.ledger.model"]',
        ),
    ],
    inits={
        "scripts.ledger.model": "What the data hold: plan, testimony, rules and settings, each field defined once.  Imports nothing else of the ledger.",
        "scripts.ledger.plan": "What follows from the plan alone: when a cell is due, the official text put together again, one line for each place.",
        "scripts.ledger.phrases": "How figures, days and verdicts are said, by publisher.",
        "scripts.ledger.verdict": "From plan and testimony to the colour of one task on one day: pure functions of plan, records, rules, `as_of` and `known`.\n\n"
        "Read in this order: `evidence` (what was known), `terms` and `obligations` (what is owed), `indicators` and `deliverables` (each part judged),\n"
        "`judgement` (the worst of them), `revisions` (changed targets), `reasons`, `marks`, `standing` (the whole).\n",
        "scripts.ledger.series": "What is told of many tasks or days: a plan on a day, what became of each checkpoint, units' figures, briefs, money, meetings, what happened in public.",
        "scripts.ledger.checks": "What the data must keep: one generator for each rule; its docstring is the rule, in Chinese.",
    },
)

STORE = Step(
    "store",
    "Files, YAML and git in one room: scripts/store",
    "Whatever reads or writes a file, a folder or a repository stands here, above the domain and below everything else.\nPure moves.",
    modules=under(
        "scripts",
        "scripts.store",
        "yamltext>yaml_reader yamlwords>yaml_messages yamlwrite>yaml_writer files load load_records mending>stand_ins program_rules>default_rules "
        "draft_plans git git_objects gitlog>git_log git_write disk>disk_errors beside>work_folder stamp zips card_cache>picture_cache",
    )
    | {"scripts.forms.filing": "scripts.store.new_file", "scripts.home": "scripts.store.project", "scripts.host": "scripts.store.host"},
    mentions={"scripts/county/": "scripts/store/county/"},
    text=[
        ("scripts/store/project.py", "Path(__file__).resolve().parent.parent\n", "Path(__file__).resolve().parent.parent.parent\n"),
        ("scripts/store/default_rules.py", "Path(__file__).resolve().parent / ", "Path(__file__).resolve().parent.parent / "),
    ],
    inits={
        "scripts.store": "Files and repositories: YAML read as text with its lines, a data folder loaded, git asked, folders swapped whole."
    },
)

PAGES = Step(
    "pages",
    "Which pages there are, in one room: scripts/pages",
    "Pure moves.",
    modules=under("scripts", "scripts.pages", "pages>registry paths record_pages page_head>head cite>citation addresses"),
    inits={
        "scripts.pages": "Which pages a site has: where each stands, what it is called, what its head says of it, how it is cited.  Decides, writes nothing."
    },
)

TABLES = Step(
    "tables",
    "The tidy tables: scripts/frames becomes scripts/tables",
    "Called what it holds. Pure moves.",
    modules=under(
        "scripts.frames",
        "scripts.tables",
        "columns promise_tables target_tables report_tables course_tables said_tables>proceedings_tables standing_tables>verdict_tables change_table "
        "public summaries tidy",
    ),
    mentions={"scripts/frames/": "scripts/tables/"},
    inits={
        "scripts.tables": "Tidy tables of the ledger: the only room that knows pandas.\n\nEach table is declared once (`tidy`); downloads, the API and the summaries of the "
        "pages\n(`summaries`) read the same.\n"
    },
)

EXPORTS = Step(
    "exports",
    "What readers take away, in one room: scripts/exports",
    "Downloads, the API, feeds, calendars, briefs as .docx, the search, the dictionary. Pure moves.",
    modules=under(
        "scripts.downloads",
        "scripts.exports.downloads",
        "api cells csv_files dataset edition package readme shapes shelf>catalogue workbook",
    )
    | {"scripts.downloads": "scripts.exports.downloads"}
    | under("scripts", "scripts.exports", "feeds calendars tags>tag_uris docx_brief docx_paper>docx_style dictionary")
    | under("scripts.search", "scripts.exports.search", "index records shapes")
    | {"scripts.search": "scripts.exports.search", "scripts.typeface": "scripts.exports.cards.typeface"},
    mentions={"scripts/downloads/": "scripts/exports/downloads/", "scripts/search/": "scripts/exports/search/"},
    inits={
        "scripts.exports": "What readers take away: downloads and the API, feeds, calendars, briefs to paste from, share cards, the search, the field dictionary.",
        "scripts.exports.downloads": "",
        "scripts.exports.search": "",
        "scripts.exports.cards": "Pictures that carry a page elsewhere: their typeface, and how they are drawn.",
    },
)

SITE = Step(
    "site",
    "A site is built, checked and previewed in one room: scripts/site",
    "Pure moves.",
    modules=under(
        "scripts", "scripts.site", "build built>built_site links permalinks manifest publish>publishable own_pages>handwritten_pages"
    )
    | under("scripts.preview", "scripts.site.preview", "builder server watch worker"),
    files={"scripts/preview/reload.js": "scripts/site/preview/reload.js"},
    mentions={"scripts/preview/": "scripts/site/preview/"},
    text=[
        (".gitignore", "\nsite/\nsite-demo/\n", "\n/site/\n/site-demo/\n"),
        ("pyproject.toml", 'exclude = [".venv", "site", "site-demo"]\n', 'exclude = [".venv"]\n'),
        ("scripts/site/build.py", "Path(__file__).resolve().parent.parent\n", "Path(__file__).resolve().parent.parent.parent\n"),
    ],
    inits={
        "scripts.site": "A site built beside the old one, its links and permalinks checked, sealed, swapped; and whether it may be published.",
        "scripts.site.preview": "`serve`: the site of a data folder as it is being written, in a browser on this machine.\n\n`watch` sees what was saved; `worker`, a "
        "process of its own, keeps mkdocs loaded and builds; `builder` asks it and starts it anew when\nthe programs change; `server` answers the browser, and its page asks "
        "whether there is something new.\n",
    },
)

CHANGES = Step(
    "changes",
    "What git says was changed, in one room: scripts/changes",
    "The guard, the log in words, what the public will see change. Pure moves.",
    modules=under(
        "scripts", "scripts.changes", "guard unburied>purged_records history changed_values>value_changes versions changes>public_changes"
    )
    | {"scripts.ledger.append_only": "scripts.changes.append_only", "scripts.ledger.alterations": "scripts.changes.alterations"}
    | under(
        "scripts.ledger.alterations", "scripts.changes", "promises>promise_alterations records>record_alterations tasks>task_alterations"
    ),
    mentions={"scripts/ledger/alterations/": "scripts/changes/"},
    inits={
        "scripts.changes": "Two states of the data side by side: what the guard refuses, what the log says, what the public will see change."
    },
)

EXCHANGE = Step(
    "exchange",
    "What goes to people and comes back, in one room: scripts/exchange",
    "Workbooks, uploads, templates of records, plans read in. Pure moves.",
    modules=under(
        "scripts.sheets",
        "scripts.exchange.workbooks",
        "answers cells>cell_values columns differing>differences offered out>outgoing reports rows stage>staging style",
    )
    | under("scripts.sheets", "scripts.exchange.xlsx", "book parts unpack")
    | under("scripts.forms", "scripts.exchange.forms", "blank report kinds")
    | under(
        "scripts.plan_import",
        "scripts.exchange.plan_import",
        "archive docx_reader drafts facts main_text reading settle shapes skeleton tables text_reader words>vocabulary writing xlsx_reader",
    )
    | {"scripts.uploads": "scripts.exchange.uploads", "scripts.clerk": "scripts.exchange.intake.clerk"},
    mentions={
        "scripts/intake/": "scripts/exchange/intake/",
        "scripts/sheets/": "scripts/exchange/workbooks/",
        "scripts/forms/": "scripts/exchange/forms/",
        "scripts/plan_import/": "scripts/exchange/plan_import/",
    },
    inits={
        "scripts.exchange": "What goes to people and comes back from them: workbooks, uploads, templates of records, plans from outside.",
        "scripts.exchange.workbooks": "Workbooks both ways: what a unit is to report goes out, what it filled in comes back as reports.\n\n`columns` names what both ways must agree "
        "on.  Out: `outgoing` fills a workbook, `style` makes it fit to use, `offered` says whose page has\none.  In: `rows` finds the columns, `cell_values` reads one cell, "
        "`answers` and `reports` make records of them, `differences` leaves out what is on\nrecord, `staging` puts them into the data folder, all or none.\n",
        "scripts.exchange.xlsx": "A .xlsx that somebody handed in, opened without trusting it: `unpack` the file, `parts` its XML, `book` what was read.",
        "scripts.exchange.forms": "Templates of records: what a member of staff fills in, with the official words and the last values beside it.\n\n`blank` writes the fields of any "
        "record from the model, `report` the questions of a task's report, `kinds` the other records.\n",
        "scripts.exchange.plan_import": "A 任务分解表 from outside into the contract: files in, neutral tables between, a folder of YAML out.\n\n`docx_reader`, `xlsx_reader` and `text_reader` "
        "know file formats and nothing else; `tables` and `main_text` know how such documents are laid\nout; `drafts` knows the contract; `writing` and `settle` write it.\n",
    },
)

CLI = Step(
    "cli",
    "The verbs and what only they say: scripts/cli",
    "Pure moves.",
    modules=under(
        "scripts.verbs",
        "scripts.cli",
        "changed_kind changes check docs guard hook idle new_plan next parser permalinks plan plans>which_plan publishable records serve sheet sheet_upload "
        "site verify",
    )
    | {"scripts.verbs": "scripts.cli.terminal"},
    mentions={"scripts/verbs/": "scripts/cli/"},
    text=[("scripts/__main__.py", 'f"{__package__}.verbs.{name}"', 'f"{__package__}.cli.{name}"')],
    inits={
        "scripts.cli": "The verbs of `python -m scripts`, one module each: what it is called, its options, what it does.\n\nA verb module has `add(verbs, options)`, which registers its "
        "parsers.  Verbs are given the day and the environment's wishes as\noptions; none of them reads the clock or the environment (`scripts/__main__.py` does).\n"
    },
)

T = {}
for where, names in {
    "pages": "assessment brief cases changes chapter checkpoint checkpoint_due checkpoints compare data funding home home_progress indicators mechanism mechanisms "
    "mechanisms_kept meetings moved moved_anchors place places problems reviews search sheet source task task_changes task_facts task_hero task_trail task_why "
    "tasks unit unit_hero unit_progress units axis>timeline",
    "parts": "ask>enquiry badge board chart cite>citation cite_parts>citation_parts due_table embed embed_text numbers>indicator_table qr taken_down "
    "task_numbers>reported_tables task_parts task_stage timeline unit_figures unit_names verdict_board verdict_key _cited>cited _commit>commit _list>list "
    "_machinery>mechanisms _parts>common _subscribe>subscribe",
}.items():
    for word in names.split():
        was, _, now = word.partition(">")
        T[f"{was}.html.j2"] = f"{where}/{now or was}.html.j2"
for name in [
    "funding",
    "identity",
    "licence",
    "meetings",
    "no_colour_yet",
    "not_known",
    "nothing",
    "plan_facts",
    "problems",
    "rule_colours",
    "rule_laws",
    "rule_order",
    "rule_origin",
    "rule_settings",
    "rule_states",
    "rule_words",
    "standing",
    "state",
    "tally",
    "task_card",
]:
    T[f"cards/{name}.html.j2"] = f"handwritten/{name}.html.j2"

MACROS = Step(
    "macros",
    "How pages look: parts, pages and their templates, laid out alike",
    "macros/pages has what fills a page, macros/parts what stands on several; macros/templates has the same folders. Pure moves.",
    modules=under(
        "macros",
        "macros.parts",
        "actuals>reported_numbers ahead>upcoming ask>enquiry assessment badges board card_files>share_card_files card_picture>share_card_picture "
        "changes_of_task>task_changes charts cite>citation deeds>deliverables downloads embed>embedded machinery>mechanisms meetings "
        "number_tables>reported_tables overall>county_today place_list proceedings>problems progress>task_verdict purse>funding qr rule_cards rule_laws "
        "rulebook>rules_in_words share_card source_text stages>task_checkpoints subscribe>subscriptions tables>indicator_tables taken_down task_list "
        "task_progress timeline trail>task_trail unit_figures unit_progress updates>change_log verdict_board",
    )
    | under(
        "macros.views",
        "macros.pages",
        "brief changes checkpoints data machinery>mechanisms moved overview>home places proceedings>problems search tasks>task units",
    )
    | {"macros.cards": "macros.pages.handwritten", "macros.views": "macros.pages.registry"},
    templates=T,
    files={f"macros/templates/{old}": f"macros/templates/{new}" for old, new in T.items()},
    mentions={"macros/views/": "macros/pages/"},
    inits={
        "macros.parts": "What stands on several pages, each part in a module of its own: from the engine's values to finished rows or HTML.",
        "macros.pages": "What fills each kind of page: one function for each, from data to finished HTML; `registry` lists them.",
    },
)


def tests(new: str, names: str, old: str = "tests") -> dict[str, str]:
    return under(old, new, names)


TESTS = Step(
    "tests",
    "Tests stand in the rooms that they test",
    "Moved only.",
    modules=tests("tests.ledger", "test_domain")
    | tests(
        "tests.store",
        "test_yamltext>test_yaml_reader test_yamlwrite>test_yaml_writer test_beside>test_work_folder test_problems test_offers offers",
    )
    | tests("tests.tables", "test_tables")
    | tests(
        "tests.exports",
        "test_dictionary test_dictionary_of_records test_docx_brief test_editors test_totals test_canaries_that_travel test_sharing",
    )
    | tests(
        "tests.exports.open_data",
        "conftest county derived followed taken test_addresses test_api test_calendars test_every_key test_every_line_followed test_feeds test_files test_package",
        "tests.open_data",
    )
    | {"tests.open_data": "tests.exports.open_data"}
    | tests(
        "tests.site", "test_build test_links test_permalinks test_publish>test_publishable test_verify test_remedies test_changed_report"
    )
    | tests("tests.site.preview", "conftest running test_ending test_seen test_served", "tests.preview")
    | tests(
        "tests.changes",
        "conftest repository test_append_only test_changed_kind test_changes test_draft_plans test_hook test_idle test_objects test_remedies test_shallow test_uploads",
        "tests.guard",
    )
    | tests("tests.changes", "test_history")
    | tests("tests.exchange.workbooks", "books damage killing test_fuzz test_killed test_offered test_resaved test_round", "tests.sheets")
    | tests("tests.exchange.forms", "test_templates test_two_plans", "tests.forms")
    | tests("tests.exchange.plan_import", "conftest papers test_bad_papers test_counties test_killed test_new_plan", "tests.plan_import")
    | tests("tests.cli", "test_check test_command_line test_opening")
    | tests(
        "tests.macros",
        "test_any_day test_canary test_cite test_compare test_handbook_macros test_method_page test_same_figures test_task_page test_palette test_old_phones colours test_small_counties",
    )
    | tests("tests.house", "test_fixtures test_github test_lowest_python test_supply test_workflows")
    | {
        f"tests.{name}": f"tests.{new}"
        for name, new in {
            "guard": "changes",
            "sheets": "exchange.workbooks",
            "forms": "exchange.forms",
            "plan_import": "exchange.plan_import",
            "preview": "site.preview",
        }.items()
    },
    mentions={
        "tests/open_data/": "tests/exports/open_data/",
        "tests/preview/": "tests/site/preview/",
        "tests/guard/": "tests/changes/",
        "tests/sheets/": "tests/exchange/workbooks/",
        "tests/forms/": "tests/exchange/forms/",
        "tests/plan_import/": "tests/exchange/plan_import/",
        "tests/problems/": "tests/store/problems/",
        "tests/intake/": "tests/exchange/intake/",
    },
    files={},
    inits=dict.fromkeys(
        [
            "tests.store",
            "tests.tables",
            "tests.exports",
            "tests.exports.open_data",
            "tests.site",
            "tests.site.preview",
            "tests.changes",
            "tests.exchange",
            "tests.exchange.workbooks",
            "tests.exchange.forms",
            "tests.exchange.plan_import",
            "tests.cli",
            "tests.macros",
            "tests.house",
        ],
        "",
    ),
)

MOVES = [LEDGER, STORE, PAGES, TABLES, EXPORTS, SITE, CHANGES, EXCHANGE, CLI, MACROS, TESTS]


# ------------------------------------------------------------ splits: what holds things of two rooms


def parts(**named: str) -> dict[str, list[str]]:
    return {new.replace("__", "."): names.split() for new, names in named.items()}


PROBLEMS = Step(
    "problems",
    "What is wrong is a value; how it is said, and to which machine, stand apart",
    "The model says where and what (model/problems), the phrases say it to staff (phrases/problems), and the form in which a host marks a\n"
    "pull request is known by the command line alone (cli/annotations).",
    symbols={
        "scripts.ledger.model.problems": {
            "scripts.ledger.phrases.problems": [
                "COMPARED",
                "nearest_of",
                "printable",
                "UNSEEN",
                "shown",
                "render_problem",
                "told",
                "VARYING",
                "kind_of",
                "opening",
                "_said",
            ],
            "scripts.cli.annotations": ["render_annotation", "_command", "_property"],
        }
    },
    renames={("scripts.ledger.model.problems", "_said"): "sentence"},
    docs={
        "scripts.ledger.phrases.problems": "How a problem is said to staff: plain Chinese, what must hold, what was found, the nearest allowed value, an example.",
        "scripts.cli.annotations": "Problems as annotations of a pull request, in the form that the host of the repository reads.",
    },
    text=[
        (
            "scripts/store/load.py",
            '''    def annotations(self, root: str) -> list[str]:
        """The same as annotations of a pull request; `root` is the data folder as the repository names it."""
        return list(dict.fromkeys(render_annotation(p, root, self.line(p)) for p in self._ordered()))

''',
            "",
        ),
        ("scripts/store/load.py", "from scripts.cli.annotations import render_annotation\n", ""),
        (
            "scripts/store/load.py",
            "    def _ordered(self) -> list[Problem]:\n",
            '    def ordered(self) -> list[Problem]:\n        """All problems, errors first, by file and line."""\n',
        ),
        ("scripts/store/load.py", "self._ordered()", "self.ordered()"),
        (
            "scripts/cli/annotations.py",
            "def render_annotation(",
            '''def annotated(loaded: Loaded, root: str) -> list[str]:
    """All problems, each on a line for the host; `root` is the data folder as the repository names it."""
    return list(dict.fromkeys(render_annotation(each, root, loaded.line(each)) for each in loaded.ordered()))


def render_annotation(''',
        ),
        (
            "scripts/cli/annotations.py",
            "from scripts.ledger.model.problems import",
            "from scripts.store.load import Loaded\nfrom scripts.ledger.model.problems import",
        ),
        (
            "scripts/cli/terminal.py",
            "loaded.annotations(repository_path(Path(loaded.root)))",
            "annotated(loaded, repository_path(Path(loaded.root)))",
        ),
        (
            "scripts/cli/terminal.py",
            "from scripts.store.load import Loaded\n",
            "from scripts.store.load import Loaded\nfrom .annotations import annotated\n",
        ),
        (
            "scripts/ledger/model/problems.py",
            '"""What is wrong with the data, where, and how it is said.',
            '"""What is wrong with the data, and where.',
        ),
    ],
)

RULES = Step(
    "rules",
    "A check is a rule of the room of checks, wherever its matter is read",
    "The official text, the redirects and the first results each held a check of their own; so did the fields of the model, with the words\n"
    "for what pydantic finds. Where a plan's files stand is said beside the model.",
    symbols={
        "scripts.ledger.model.fields": {
            "scripts.ledger.model.fields": [
                "example_of",
                "_length",
                "_kinds",
                "field_at",
                "written",
                "models_in",
                "name_of",
                "choice_words",
                "literals",
            ],
            "scripts.ledger.checks.explain": ["*"],
        },
        "scripts.ledger.plan.source": {
            "scripts.ledger.checks.source_rules": ["compare", "ALIGNED", "_partings", "_difference", "_to_write"],
            "scripts.ledger.model.plan_files": ["plan_file", "task_file", "places_file", "source_file"],
        },
        "scripts.ledger.model.redirects": {"scripts.ledger.checks.redirect_rules": ["check_redirects", "misplaced"]},
        "scripts.ledger.series.first_results": {"scripts.ledger.checks.first_result_rules": ["wrong_results", "_said", "_flow", "_day"]},
    },
    renames={("scripts.ledger.model.fields", "_length"): "length_of"},
    docs={
        "scripts.ledger.checks.explain": "From pydantic's findings to messages in the staff's language: field, what must hold, an example.",
        "scripts.ledger.model.fields": "What a model says of its fields: the names that staff write, titles, examples, choices.",
        "scripts.ledger.checks.source_rules": "The rule of the official text: the data, put together again, is the document, line by line.",
        "scripts.ledger.model.plan_files": "Where the files of a plan stand, below the data folder.",
        "scripts.ledger.checks.redirect_rules": "Rules of addresses that moved.",
        "scripts.ledger.checks.first_result_rules": "The rule of a new tombstone: it keeps the first results that its record bore on.",
    },
)

ADDRESSES = Step(
    "addresses",
    "The list of permalinks, its loss and its answer are told apart",
    "The loader reads a list (store/address_lists), the guard compares two (changes/lost_addresses), the build asks a finished site (site/permalinks).",
    symbols={
        "scripts.site.permalinks": {
            "scripts.store.address_lists": [
                "LIST",
                "HEAD",
                "EXAMPLE",
                "FILES",
                "FILE",
                "parse",
                "_pages",
                "_files",
                "head_line",
                "text",
                "_natural",
                "merged",
                "lists",
                "permalink_lists",
            ],
            "scripts.changes.lost_addresses": ["MENDED", "delisted", "lost_addresses"],
        }
    },
    renames={("scripts.site.permalinks", "_natural"): "natural_order"},
    docs={
        "scripts.store.address_lists": "The committed list of every address that a plan's site has given out: read and written.\n\nThe list is `plans/<year>/permalinks.txt`: the day as of which it was "
        "last made, then one page a line with its anchors, then one file a\nline (tables, answers of the API, feeds, briefs).  A county without a list is not checked.  Source: 0012-permalinks.md.\n",
        "scripts.changes.lost_addresses": "No address that was given out leaves its list: two states of the lists side by side.",
        "scripts.site.permalinks": "Whether a built site still answers at every address that was given out, and what to do where it does not.  Source: 0012-permalinks.md.",
    },
)

BUILD = Step(
    "build",
    "Where the project stands, the clock's zone, a swap and a commit's stamp are the store's",
    "Who wanted the root of the project or China's time imported the whole build.",
    symbols={
        "scripts.site.build": {
            "scripts.store.project": ["ROOT"],
            "scripts.store.clock": ["SHANGHAI"],
            "scripts.store.swap": ["swap", "recover", "_aside", "_exchange", "RENAME_EXCHANGE", "AT_FDCWD"],
            "scripts.store.commits": ["data_stamp", "version_cut_off", "code_stamp", "_git", "data_day"],
        }
    },
    docs={
        "scripts.store.project": "Where this project stands on disk.",
        "scripts.store.clock": "China's time.",
        "scripts.store.swap": "One folder put in the place of another, in one step where the system can.",
        "scripts.store.commits": "Which commit the data and the programs are of, and since when what the data say is public.",
    },
)

FRAMES = Step(
    "frames",
    "Only the tables know pandas",
    "Downloads name a frame by the type that the tables give them.",
    text=[
        (
            "scripts/tables/tidy.py",
            "TABLES: tuple",
            'Frame: TypeAlias = pd.DataFrame\n"""A table filled: its declared columns, in order."""\n\nTABLES: tuple',
        ),
        (
            "scripts/tables/tidy.py",
            "from collections.abc import Mapping\n",
            "from collections.abc import Mapping\nfrom typing import TypeAlias\n",
        ),
        ("scripts/exports/downloads/csv_files.py", "import pandas as pd\n\n", ""),
        ("scripts/exports/downloads/csv_files.py", "pd.DataFrame", "Frame"),
        (
            "scripts/exports/downloads/csv_files.py",
            "from scripts.tables.columns import Table\n",
            "from scripts.tables.columns import Table\nfrom scripts.tables.tidy import Frame\n",
        ),
        ("scripts/exports/downloads/edition.py", "import pandas as pd\n\n", ""),
        ("scripts/exports/downloads/edition.py", "pd.DataFrame", "Frame"),
        ("scripts/exports/downloads/edition.py", "import tables, tidy", "import Frame, tables, tidy"),
    ],
)

CARDS = Step(
    "cards",
    "A share card and its drawing are exports; what one says is put together by the pages",
    "",
    modules={"macros.parts.share_card_picture": "scripts.exports.cards.picture"},
    symbols={"macros.parts.share_card": {"scripts.exports.cards.card": ["CardBead", "Card", "Shown"]}},
    docs={"scripts.exports.cards.card": "A share card as data: what its picture shows."},
)

SHARED = Step(
    "shared",
    "What a package's own file did has a module with a name",
    "A package says what its room is for; nothing happens in it.",
    symbols={
        "scripts.exports.downloads": {"scripts.exports.downloads.catalogue": ["shelve", "files", "_plan_files"]},
        "scripts.cli.terminal": {"scripts.cli.options": ["Verbs", "Options"]},
        "scripts.pages.registry": {"scripts.ledger.plan.units": ["plan_units"]},
    },
    docs={
        "scripts.cli.options": "The options that verbs share.",
        "scripts.cli.terminal": "What verbs say at the terminal: progress, problems, reminders.",
        "scripts.ledger.plan.units": "The units that a plan names.",
    },
    inits={
        "scripts.exports.downloads": "What readers take away: one folder of tables per plan, the API, and what describes both.\n\nEverything here reads the tidy tables of `scripts.tables`, "
        "so that no two downloads can disagree.\n\n    edition    one plan as it goes out        csv_files, workbook, package    its files\n"
        "    cells      how a value is written         shapes, api                     its answers in JSON\n    catalogue  all of them, made once\n"
    },
)


def flat_registry(root: Path) -> list[str]:
    """The registry of views names functions, not modules, so that each can go its own way."""
    path = root / "macros/pages/registry.py"
    if not path.exists():
        return ["macros/pages/registry.py is not there"]
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    froms = [n for n in tree.body if isinstance(n, ast.ImportFrom) and n.level == 1 and n.module is None]
    aliases = {a.asname or a.name: a.name for n in froms for a in n.names}
    uses = sorted(
        {
            (n.value.id, n.attr)
            for n in ast.walk(tree)
            if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id in aliases
        }
    )
    lines = text.split("\n")
    for n in sorted(froms, key=lambda n: -n.lineno):
        del lines[n.lineno - 1 : n.end_lineno]
    new = "\n".join(lines)
    for alias, name in uses:
        new = re.sub(rf"\b{alias}\.{name}\b", name, new)
    imports = "\n".join(f"from .{aliases[alias]} import {name}" for alias, name in uses)
    path.write_text(new.replace("from ..context import Context\n", f"from ..context import Context\n{imports}\n"), encoding="utf-8")
    return []


KINDS = Step(
    "kinds",
    "One module for each kind of page",
    "A kind of page is found by its name: macros/pages/chapter.py fills it, macros/templates/pages/chapter.html.j2 lays it out.",
    before=[flat_registry],
    symbols={
        "macros.pages.home": {
            "macros.pages.tasks": ["tasks"],
            "macros.pages.chapter": ["chapter"],
            "macros.pages.indicators": ["indicators", "_roles", "_told_numbers"],
            "macros.pages.timeline": ["time_axis"],
            "macros.pages.mechanisms": ["mechanisms"],
            "macros.pages.source": ["source"],
        },
        "macros.pages.mechanisms": {
            "macros.pages.mechanism": ["mechanism"],
            "macros.pages.funding": ["funding"],
            "macros.pages.assessment": ["assessment"],
            "macros.parts.mechanisms": ["quotes"],
        },
        "macros.pages.problems": {
            "macros.pages.meetings": ["meetings"],
            "macros.pages.reviews": ["reviews", "_review", "_finding", "_theirs", "FindingRow", "UnitFindingRow", "ReviewRow"],
            "macros.pages.cases": ["cases"],
        },
        "macros.pages.places": {
            "macros.pages.place": ["place"],
            "macros.pages.sheet": ["sheet", "_by_when", "SHEET_LINE", "SHEET_ROWS"],
            "macros.parts.place_list": ["PlaceEntry", "_entry", "_told"],
        },
        "macros.pages.checkpoints": {
            "macros.pages.checkpoint": [
                "checkpoint",
                "_promised",
                "_count_words",
                "_pending",
                "_numbers_due",
                "_changed",
                "_dropped",
                "Due",
            ]
        },
        "macros.pages.changes": {"macros.pages.compare": ["compare"]},
        "macros.pages.units": {"macros.pages.unit": ["unit", "Offer", "_workbooks"]},
    },
    renames={("macros.pages.places", "_entry"): "place_entry", ("macros.pages.places", "_told"): "told_until"},
    docs={
        "macros.pages.home": "The home page: the promise alone, or how it stands once reporting has opened.",
        "macros.pages.tasks": "All tasks.",
        "macros.pages.chapter": "One chapter.",
        "macros.pages.indicators": "Every number promised.",
        "macros.pages.timeline": "All cells on one axis.",
        "macros.pages.mechanisms": "The items that promise machinery.",
        "macros.pages.mechanism": "One item that promises machinery, with how far it was kept.",
        "macros.pages.source": "The official text.",
        "macros.pages.funding": "Where the money comes from.",
        "macros.pages.assessment": "What a yearly assessment could look at.",
        "macros.pages.problems": "All problems.",
        "macros.pages.meetings": "All meetings.",
        "macros.pages.reviews": "What inspections found.",
        "macros.pages.cases": "Model cases.",
        "macros.pages.places": "All places.",
        "macros.pages.place": "One place.",
        "macros.pages.sheet": "现场对照单: one A4 page for a place.",
        "macros.pages.checkpoints": "All checkpoints.",
        "macros.pages.checkpoint": "One checkpoint: its brief, or what is due by then.",
        "macros.pages.changes": "What changed on the site.",
        "macros.pages.compare": "Two checkpoints side by side.",
        "macros.pages.units": "All units.",
        "macros.pages.unit": "One unit.",
    },
)


def chronicle_calls(root: Path) -> list[str]:
    """`day.chronicle` becomes `chronicle(day)`."""
    said = []
    for path in [p for room in ("scripts", "macros", "tests") for p in sorted((root / room).rglob("*.py"))]:
        text = path.read_text(encoding="utf-8")
        if ".chronicle" not in text:
            continue
        tree = ast.parse(text)
        lines = text.split("\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line.encode()) + 1)
        data, found = text.encode(), []
        for n in ast.walk(tree):
            if (
                isinstance(n, ast.Attribute)
                and n.attr == "chronicle"
                and not (isinstance(n.value, ast.Name) and n.value.id in ("self", "series"))
            ):
                found.append(
                    (
                        starts[n.lineno - 1] + n.col_offset,
                        starts[(n.end_lineno or 0) - 1] + (n.end_col_offset or 0),
                        ast.get_source_segment(text, n.value) or "",
                    )
                )
        for start, end, value in sorted(found, reverse=True):
            data = data[:start] + f"chronicle({value})".encode() + data[end:]
        if found:
            what = "from scripts.ledger.series.chronicle import chronicle"
            lines = data.decode().split("\n")
            heads = [n for n in tree.body if isinstance(n, ast.ImportFrom | ast.Import)]
            lines.insert(heads[-1].end_lineno or 0, what)
            path.write_text("\n".join(lines), encoding="utf-8")
            import subprocess

            subprocess.run([str(root / ".venv/bin/ruff"), "check", "-q", "--fix", "--select", "I001", str(path)], cwd=root, check=False)
    return said


CHRONICLE = Step(
    "chronicle",
    "The chronicle stands above the day: no circle behind TYPE_CHECKING",
    "A day knows nothing of what is told of it; whoever wants the chronicle of a day asks for it, and it is worked out once.",
    text=[
        ("scripts/ledger/series/day.py", "from .chronicle import Chronicle, chronicle\n", ""),
        (
            "scripts/ledger/series/day.py",
            '    @cached_property\n    def chronicle(self) -> Chronicle:\n        """Everything that happened in public."""\n        return chronicle(self)\n\n',
            "",
        ),
        (
            "scripts/ledger/series/chronicle.py",
            "from functools import cached_property\n",
            "from functools import cached_property, lru_cache\n",
        ),
        ("scripts/ledger/series/chronicle.py", "from typing import TYPE_CHECKING\n", ""),
        ("scripts/ledger/series/chronicle.py", "if TYPE_CHECKING:\n    from .day import Day\n\n", ""),
        ("scripts/ledger/series/chronicle.py", "from .happenings import", "from .day import Day\nfrom .happenings import"),
        ("scripts/ledger/series/chronicle.py", "def chronicle(day: Day)", "@lru_cache(maxsize=32)\ndef chronicle(day: Day)"),
        ("scripts/ledger/series/plan_happenings.py", "from typing import TYPE_CHECKING\n", ""),
        ("scripts/ledger/series/plan_happenings.py", "if TYPE_CHECKING:\n    from .day import Day\n\n", ""),
        ("scripts/ledger/series/plan_happenings.py", "from .happenings import", "from .day import Day\nfrom .happenings import"),
        ("scripts/ledger/series/task_happenings.py", "from typing import TYPE_CHECKING\n", ""),
        ("scripts/ledger/series/task_happenings.py", "if TYPE_CHECKING:\n    from .day import Day\n\n", ""),
        ("scripts/ledger/series/task_happenings.py", "from .happenings import", "from .day import Day\nfrom .happenings import"),
    ],
    after=[chronicle_calls],
)

SPLITS = [RULES, PROBLEMS, ADDRESSES, BUILD, FRAMES, CARDS, SHARED, KINDS, CHRONICLE]
STEPS = [*MOVES, *SPLITS]

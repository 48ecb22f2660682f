"""Style sheet and scripts stay within what an Android WebView of 2021 (Chromium 88) knows."""

from __future__ import annotations

import re

import pytest

from scripts.store.project import ROOT

ASSETS = ROOT / "docs/assets"

#: What came after Chromium 88: what to look for, its name, the version that brought it (caniuse.com, chromestatus.com).
CSS_SINCE = {
    r":has\(": ":has, 105",
    r"@layer\b": "@layer, 99",
    r"@container\b|container-type": "@container, 105",
    r"@scope\b": "@scope, 118",
    r"@starting-style": "@starting-style, 117",
    r"@property\b.*inherits.*initial-value.*\*": "@property with *, later",
    r"color-mix\(|\blab\(|\blch\(|\boklch\(|\boklab\(|\bhwb\(": "colour functions, 101 to 111",
    r"light-dark\(": "light-dark(), 123",
    r"\b\d*\.?\d+[dsl]v[hwbi]|\b\d*\.?\d+[dsl]vmin|\b\d*\.?\d+[dsl]vmax": "dvh, svh, lvh, 108",
    r"\b\d*\.?\d+cq[whibmn]": "container units, 105",
    r"accent-color": "accent-color, 93",
    r"text-wrap\s*:|text-box|word-break\s*:\s*auto-phrase": "text-wrap, 114",
    r"\bsubgrid\b": "subgrid, 117",
    r"scrollbar-(?:gutter|color|width)": "scrollbar properties, 94 to 121",
    r"content-visibility\s*:\s*hidden-until": "hidden=until-found, 102",
    r"forced-color-adjust": "forced-color-adjust, 89",
    r"::marker\b[^{]*\{[^}]*(?:position|display)": "boxed ::marker, never",
    r"::target-text": "::target-text, 89",
    r":(?:autofill|user-valid|user-invalid|popover-open|modal|open)\b": "newer pseudo-classes, 105 and later",
    r":not\([^)]*,": ":not() with a list, 88 only in part",
    r"(?<![-\w])(?:rotate|scale|translate)\s*:": "single transforms, 104",
    r"@media[^{]*[<>]=?": "ranges in @media, 104",
    r"\b(?:sin|cos|tan|round|mod|rem|pow|sqrt|abs|sign)\(": "mathematical functions, 111 and later",
    r"aspect-ratio": "aspect-ratio, 88 itself: not counted on",
    r"\binset\s*:": "inset, 87: written as four sides for the forks that lag",
    r"(?<!-)mask(?:-image|-size)?\s*:|backdrop-filter": "mask without prefix, 120",
    r"view-transition|animation-timeline|anchor-name|field-sizing|interpolate-size": "newer modules",
    r"overflow\s*:\s*clip|overflow-[xy]\s*:\s*clip": "overflow: clip, 90",
    r"hanging-punctuation|text-spacing|initial-letter|line-clamp\s*:\s*\d(?!.*-webkit)": "newer text properties",
}
SCRIPT_SINCE = {
    r"\.at\(": ".at(), 92",
    r"\.findLast(?:Index)?\(": "findLast, 97",
    r"\.to(?:Sorted|Reversed|Spliced)\(|\.with\(": "copying array methods, 110",
    r"Object\.(?:hasOwn|groupBy)|Map\.groupBy": "Object.hasOwn 93, groupBy 117",
    r"structuredClone": "structuredClone, 98",
    r"Promise\.(?:withResolvers|try)": "Promise.withResolvers, 119",
    r"Array\.fromAsync": "Array.fromAsync, 121",
    r"crypto\.randomUUID": "randomUUID, 92",
    r"\.isWellFormed|\.toWellFormed": "isWellFormed, 111",
    r"/[dgimsuy]*v[dgimsuy]*\s*[.,;)]": "regular expressions with v, 112",
    r"\bhasIndices\b": "match indices, 90",
    r"#[A-Za-z_]\w*\s+in\b": "#x in, 91",
    r"^\s*await\b": "await at the top, 89",
    r"\bstatic\s*\{": "static blocks, 94",
    r"\?\?=|\|\|=|&&=": "assignment with ??, || and &&, 85: kept out for older forks",
    r"\.replaceAll\(": "replaceAll, 85: kept out for older forks",
    r"\bimport\s*\(|^\s*import\b|^\s*export\b": "modules: the scripts are plain",
    r"AbortSignal\.(?:timeout|any)|navigation\.navigate|startViewTransition|showPopover|scheduler\.": "newer interfaces",
    r"Intl\.(?:Segmenter|DurationFormat|supportedValuesOf)": "Intl.Segmenter 87 and later: not counted on",
    r"\(\?<[=!]": "look-behind: not in the WebKit of iPhones before 16.4",
}
NESTED = re.compile(r"\{[^{}@]*\{")


def _plain(text: str) -> str:
    """Without comments and quoted words."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", '""', text)


def newer(text: str, since: dict[str, str]) -> list[str]:
    """What a text uses that came later."""
    return [name for pattern, name in since.items() if re.search(pattern, _plain(text), re.M)]


def nested(css: str) -> bool:
    """Whether a rule stands inside a rule (112), at-rules apart."""
    flat = re.sub(r"@(?:media|supports)[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", r"\1", _plain(css))
    return bool(NESTED.search(flat))


def test_the_style_sheet_is_old_enough() -> None:
    """No feature later than Chromium 88, no rule within a rule."""
    sheets = sorted(ASSETS.glob("*.css"))
    assert sheets
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        assert newer(text, CSS_SINCE) == [] and not nested(text), sheet.name


def test_the_scripts_are_old_enough() -> None:
    """No feature later than Chromium 88; each is plain and strict."""
    scripts = sorted(ASSETS.glob("*.js"))
    assert len(scripts) >= 3
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        assert newer(text, SCRIPT_SINCE) == [], script.name
        assert '"use strict"' in text, script.name


@pytest.mark.parametrize(
    "css",
    [
        "a:has(b){color:red}",
        "@layer x{a{color:red}}",
        "a{height:100dvh}",
        "a{color:color-mix(in srgb,red,blue)}",
        "a{text-wrap:balance}",
        "@media (width >= 40em){a{color:red}}",
        "a{accent-color:red}",
        "a{grid-template-rows:subgrid}",
        "a{overflow:clip}",
        "a{inset:0}",
        "a{rotate:3deg}",
    ],
)
def test_a_newer_style_would_be_found(css: str) -> None:
    """The eyes work."""
    assert newer(css, CSS_SINCE)


def test_a_rule_within_a_rule_would_be_found() -> None:
    """Also inside @media; @media around rules is none."""
    assert nested("a{b{color:red}}") and nested("@media print{a{color:red;&:hover{color:blue}}}")
    assert not nested("a{color:red}@media print{a{color:red}b{color:blue}}c{color:red}")


@pytest.mark.parametrize(
    "script",
    ["x.at(-1)", "structuredClone(x)", "Object.hasOwn(a, b)", "x ??= 1", "s.replaceAll(a, b)", "await x;", "l.findLast(f)", "/(?<=a)b/"],
)
def test_a_newer_script_would_be_found(script: str) -> None:
    """The eyes work."""
    assert newer(script, SCRIPT_SINCE)

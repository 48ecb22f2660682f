"""`datapackage.json`: what stands in every CSV, by the Data Package standard, version 2.0."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from scripts.pages.citation import author
from scripts.tables.columns import Column, Table, Type

from .edition import Edition

PROFILES = "https://datapackage.org/profiles/2.0/"
VERSION = "1.1.1"
"""The version of the tables' form: the first number changes only if a column or a table goes away or changes its meaning, which we
have promised not to let happen; the second when something is added, the third when something wrong is put right."""

DIALECT = {
    "$schema": f"{PROFILES}tabledialect.json",
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}
TYPES: dict[Type, str] = {"list": "string"}
"""The types of the standard that are called otherwise: several texts stand in one cell."""

LICENCES = {
    "CC BY 4.0": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC BY-SA 4.0": ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0 1.0": ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODbL 1.0": ("ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
}
"""Licences that have a name and an address everywhere, by what site.yml calls them."""


def licence(words: str) -> dict[str, str]:
    """A licence with its name, its address where we know it, its words."""
    name, path = LICENCES.get(words, ("other", ""))
    return {"name": name, "title": words} | ({"path": path} if path else {})


def descriptor(edition: Edition, csvs: Mapping[str, bytes], below: str = "") -> dict[str, Any]:
    """The whole package.  `csvs`: each table's file by the table's name; `below`: the folder of the files, seen from the descriptor's."""
    plan, stamp = edition.day.promise.plan, edition.stamp
    source = {"title": f"{plan.document.issuer}《{plan.document.plan}》（{plan.document.number}）"}
    return {
        "$schema": f"{PROFILES}datapackage.json",
        "name": f"livelihood-{edition.name}",
        "title": edition.title,
        "description": f"{edition.identity}{stamp.sentence}。",
        "version": f"{VERSION}+{stamp.as_of:%Y%m%d}" + (f".{stamp.short}" if stamp.short else ""),
        "created": stamp.generated_at,
        **({"homepage": edition.ledger.settings.base_url} if edition.ledger.settings.base_url else {}),
        "keywords": ["民生", plan.county, str(plan.year), *(["虚构演示"] if edition.fictional else [])],
        "licenses": [licence(edition.ledger.settings.licence)],
        "contributors": [{"title": author(edition.ledger), "roles": ["publisher"]}],
        "sources": [source | ({"path": plan.document.url} if plan.document.url else {})],
        "resources": [_resource(table, csvs[table.name], below) for table in edition.tables],
        "as_of": stamp.as_of.isoformat(),
        "commit": stamp.commit,
        "rules_version": stamp.rules_version,
    }


def _resource(table: Table, content: bytes, below: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"{below}{table.name}.csv",
        "type": "table",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": DIALECT,
        "schema": table_schema(table),
    }


def table_schema(table: Table) -> dict[str, Any]:
    """A table's columns and keys, as Table Schema."""
    foreign = [{"fields": list(each.columns), "reference": {"resource": each.table, "fields": list(each.target)}} for each in table.foreign]
    return {
        "$schema": f"{PROFILES}tableschema.json",
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        **({"foreignKeys": foreign} if foreign else {}),
    }


def _field(column: Column, table: Table) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    constraints |= {"unique": True} if table.key == (column.name,) else {}
    constraints |= {"enum": list(column.enum)} if column.enum and column.type != "list" else {}
    constraints |= {"pattern": re.sub(r"^\^|\$$", "", column.pattern)} if column.pattern else {}
    return {
        "name": column.name,
        "type": TYPES.get(column.type, column.type),
        "title": column.title,
        "description": column.description + ("（多个，用半角分号隔开）" if column.type == "list" else ""),
        **({"constraints": constraints} if constraints else {}),
    }

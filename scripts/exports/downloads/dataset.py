"""The data set as search engines for data read it: schema.org, JSON-LD."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from scripts.ledger.plan.schedule import ends
from scripts.pages.citation import author

from .catalogue import Shelf
from .edition import Edition
from .package import VERSION, licence

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "json": "application/json",
}


def dataset(shelf: Shelf) -> dict[str, Any]:
    """The newest plan's data set, with its files."""
    edition = shelf.newest
    plan, settings = edition.day.promise.plan, edition.ledger.settings
    terms = licence(settings.licence)
    source: dict[str, Any] = {"@type": "CreativeWork", "name": plan.document.plan, "identifier": plan.document.number}
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": edition.title,
        "description": f"{plan.county}{plan.year}年民生计划的全部任务、节点目标、指标、单位、地点，以及公开的进展和按公开规则算出的评定。{edition.identity}",
        **({"url": _address(edition, "data/")} if settings.base_url else {}),
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "license": terms.get("path", settings.licence),
        "keywords": ["民生", plan.county, str(plan.year), *(["虚构演示"] if edition.fictional else [])],
        "creator": {"@type": "Organization", "name": author(edition.ledger)},
        "isBasedOn": source | ({"url": plan.document.url} if plan.document.url else {}),
        "temporalCoverage": f"{plan.year}-01-01/{ends(plan.checkpoints[-1].id).isoformat()}",
        "spatialCoverage": plan.county,
        "version": f"{VERSION}+{edition.stamp.short}" if edition.stamp.short else VERSION,
        "dateModified": edition.stamp.generated_at,
        "distribution": [
            _file(shelf, path)
            for path in (f"{edition.folder}{edition.name}.xlsx", f"{edition.folder}{edition.name}.zip", f"{edition.folder}datapackage.json")
        ],
    }


def _file(shelf: Shelf, path: str) -> dict[str, Any]:
    content = shelf.files[path]
    return {
        "@type": "DataDownload",
        "name": path.rpartition("/")[2],
        "contentUrl": _address(shelf.newest, path),
        "encodingFormat": FORMATS[path.rpartition(".")[2]],
        "contentSize": f"{len(content)} B",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _address(edition: Edition, path: str) -> str:
    """The full address; below the site's root as long as the publisher has not said where it stands."""
    base = edition.ledger.settings.base_url
    return f"{base.rstrip('/')}/{path}" if base else f"/{path}"


def json_ld(value: dict[str, Any]) -> str:
    """JSON that may stand inside a page: no sign in it can end the script or begin a tag."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")

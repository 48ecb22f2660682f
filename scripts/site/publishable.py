"""May this site be published?  Not while nobody says who publishes it, how to reach them, and where it will stand.

A preview may lack all of that; its pages show the gaps.  A published page is read by people who want to report an error, so
`make publish`, and with it the publishing workflow, stops here first.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import TypeAdapter, ValidationError

from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.promise import Publisher, Settings
from scripts.ledger.model.values import Web

SITE = Place("site.yml")
PUBLISHER = SITE / "publisher"
ADDRESS = "https://www.example.org/ledger/"


def unpublishable(settings: Settings, base_url: str | None = None) -> Iterator[Problem]:
    """Everything that `settings` lacks for publishing; nothing when the site may go out.

    `base_url` is the address given for this build (BASE_URL); it stands in for the one of site.yml, as in the build.
    """
    yield from _nameless(settings.publisher)
    yield from _unreachable(settings.publisher)
    yield from _homeless(settings, base_url)
    yield from _copied(settings)


def _nameless(publisher: Publisher) -> Iterator[Problem]:
    """A published site says who publishes it."""
    if publisher.name is None:
        yield Problem(PUBLISHER, "缺少 name（名称）；正式发布要写明由谁整理，请在 publisher 下面加一行", example="name: 某某志愿者小组")


def _unreachable(publisher: Publisher) -> Iterator[Problem]:
    """A published site has a telephone or an e-mail address for readers who find an error."""
    if publisher.phone is None and publisher.email is None:
        must = "缺少联系方式；正式发布要让读者能报错，请在 publisher 下面加一行 phone（电话）或 email（电子邮箱）"
        yield Problem(PUBLISHER, must, example="email: ledger@example.org")


def _homeless(settings: Settings, base_url: str | None) -> Iterator[Problem]:
    """A published site knows its address: printed sheets and QR codes carry it."""
    if base_url:
        try:
            TypeAdapter(Web).validate_python(base_url)
        except ValidationError:
            yield Problem(SITE, "环境变量 BASE_URL（代替这里的 base_url）必须是 http 或 https 开头的网址", base_url, example=ADDRESS)
    elif settings.base_url is None:
        must = "缺少 base_url（网址）；正式发布后，打印件和二维码都用它，请加一行，或设环境变量 BASE_URL"
        yield Problem(SITE, must, example=f"base_url: {ADDRESS}")


def _copied(settings: Settings) -> Iterator[Problem]:
    """An example copied from the field dictionary is nobody's name, telephone or address."""
    publisher = settings.publisher
    for place, value, field in (
        (PUBLISHER / "name", publisher.name, Publisher.model_fields["name"]),
        (PUBLISHER / "phone", publisher.phone, Publisher.model_fields["phone"]),
        (PUBLISHER / "email", publisher.email, Publisher.model_fields["email"]),
        (SITE / "base_url", settings.base_url, Settings.model_fields["base_url"]),
    ):
        if value is not None and value in (field.examples or ()):
            yield Problem(place, f"还是说明里的例子；正式发布要换成真的{field.title}", value)

"""A page written by hand reaches our macros and nothing of the machine; a page with code that no template wrote is not signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError, UndefinedError

from macros.content_policy import ForeignCode, content_policy, with_policy, written_by
from macros.sandbox import Pages
from scripts.store.project import ROOT

ATTACKS = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ (''|attr('__class__')).__mro__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ card.__globals__ }}",
    "{{ card.__func__ }}",
    "{{ config.docs_dir }}",
    "{{ environment }}",
    "{{ '{0.__class__}'.format('') }}",
    "{% set x = [] %}{{ x.append(1) }}",
    "{% include 'mkdocs.yml' %}",
    "{% import 'mkdocs.yml' as x %}",
    "{{ page.file.copy_file() }}",
    "{{ range(9).__class__ }}",
]


class Machine:
    """Something that a template must not look into."""

    file = "secret"


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_leads_out_of_a_page(attack: str) -> None:
    """Each was filled, or would be, by the plain environment."""
    pages = Pages({"card": lambda name="": f"<p>{name}</p>"})
    with pytest.raises((SecurityError, UndefinedError, TypeError, AttributeError)):
        pages.from_string(attack).render(page=Machine())


def test_what_the_handbook_offers_works() -> None:
    """A macro with its words; a loop over plain values; methods of words."""
    pages = Pages({"card": lambda name="": f"<p>{name}</p>"})
    assert pages.from_string("{% for n in ['a', 'b'] %}{{ card(n.upper()) }}{% endfor %}").render() == "<p>A</p><p>B</p>"


OWN = written_by(ROOT / "docs/overrides", ["a{b:c}"])


@pytest.mark.parametrize(
    "code",
    [
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        "<script type='module'>alert(1)</script >",
        "<style>a{b:d}</style>",
        '<script type="application/javascript">alert(1)</script>',
        '<script data-src="x">alert(1)</script>',
    ],
)
def test_code_that_no_template_wrote_is_not_signed(code: str) -> None:
    """The build stops and the words say what stands there."""
    with pytest.raises(ForeignCode, match="不是模板写的"):
        with_policy(f"<!--content-policy--><p>{code}", OWN)


def test_the_templates_own_code_is_signed_and_data_needs_no_signature() -> None:
    """Every inline script and style of the skeleton; JSON-LD is no script."""
    skeleton = Path(ROOT / "docs/overrides/base.html").read_text(encoding="utf-8")
    script = skeleton[skeleton.index("<script>try") : skeleton.index("</script>", skeleton.index("<script>try")) + 9]
    policy = content_policy(f'{script}<style>a{{b:c}}</style><script type="application/ld+json">{{}}</script>', OWN)
    assert policy.count("'sha256-") == 2

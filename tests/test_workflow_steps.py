"""What the tests take a workflow to do is what its file says, through local actions, their inputs and what they hand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from .workflow_steps import Step, jobs, steps

WORKFLOW = """
jobs:
  build:
    env: {FORMAT: github}
    steps:
      - uses: actions/checkout@0000000000000000000000000000000000000000
      - uses: ./.github/actions/ready
        id: ready
        with: {before: "${{ github.event.before }}"}
      - run: make changed-kind
        id: changed
      - run: make test
        if: steps.changed.outputs.kind == 'code'
      - run: make publish
        env: {BASE_URL: "${{ steps.ready.outputs.address }}"}
  deploy:
    if: github.ref == 'refs/heads/main'
    steps: []
"""
ACTION = """
outputs:
  address: {value: "${{ steps.pages.outputs.base_url }}"}
runs:
  steps:
    - uses: actions/configure-pages@0000000000000000000000000000000000000000
      id: pages
    - run: make guard
      env: {PUBLISHED: "${{ inputs.before }}"}
    - run: make publishable
      env: {BASE_URL: "${{ steps.pages.outputs.base_url }}"}
"""
EVENT = {"github.event.before": "abc", "address": "https://a.example", "github.ref": "refs/heads/main"}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for file, text in {"workflows/publish.yml": WORKFLOW, "actions/ready/action.yml": ACTION}.items():
        (tmp_path / ".github" / file).parent.mkdir(parents=True)
        (tmp_path / ".github" / file).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("kind", "tested"), [("data", False), ("code", True)])
def test_every_target_comes_in_its_turn_with_what_it_is_given(kind: str, tested: bool, repository: Path) -> None:
    """Those of a local action in its place; a condition is asked when its step's turn has come, not before."""
    answers, ran = repository / "answers", list[Step]()
    answers.touch()
    for step in steps(repository, "publish", "build", EVENT, answers):
        ran.append(step)
        if step.run == "make changed-kind":
            answers.write_text(f"kind={kind}\n", encoding="utf-8")
    given = {step.run: dict(step.env) for step in ran if step.run}
    assert given == {
        "make guard": {"FORMAT": "github", "PUBLISHED": "abc"},
        "make publishable": {"FORMAT": "github", "BASE_URL": "https://a.example"},
        "make changed-kind": {"FORMAT": "github"},
        **({"make test": {"FORMAT": "github"}} if tested else {}),
        "make publish": {"FORMAT": "github", "BASE_URL": "https://a.example"},
    }
    assert list(given)[:3] == ["make guard", "make publishable", "make changed-kind"] and list(given)[-1] == "make publish"


def test_what_is_not_known_is_no_guess(repository: Path) -> None:
    """A job that another branch does not start is left out; an expression or a condition of a new kind is an error."""
    assert jobs(repository, "publish", {"github.ref": "refs/heads/other"}) == ["build"]
    assert jobs(repository, "publish", EVENT) == ["build", "deploy"]
    file = repository / ".github/workflows/publish.yml"
    file.write_text(WORKFLOW.replace("github.event.before", "github.actor"), encoding="utf-8")
    with pytest.raises(KeyError, match="actor"):
        list(steps(repository, "publish", "build", EVENT, repository / "answers"))
    file.write_text(WORKFLOW.replace("github.ref == 'refs/heads/main'", "always()"), encoding="utf-8")
    with pytest.raises(ValueError, match="always"):
        jobs(repository, "publish", EVENT)

"""The map of the house holds: imports run one way, every direct import is declared, every setting is documented."""

import ast
import os
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from corpus.errors import BadSetting
from corpus.settings import Settings, load

ROOT = Path(__file__).parent.parent
ROOMS = ("corpus", "index", "assistant", "ui", "eval")
MAY_IMPORT = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "assistant": {"corpus", "index", "assistant"},
    "ui": {"corpus", "index", "assistant", "ui"},
    "eval": set(ROOMS),
}


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_one_way(room: str) -> None:
    for path in sorted((ROOT / room).rglob("*.py")):
        wrong = (_imports(path) & set(ROOMS)) - MAY_IMPORT[room]
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def _declared(extras: tuple[str, ...]) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return {re.split(r"[<>=\[; ]", line, maxsplit=1)[0].lower().replace("_", "-") for line in lines}


# Packages of extras that need not be installed here, whose module has another name.
NAMED_OTHERWISE = {"haystack": "haystack-ai"}


def test_every_direct_import_is_declared() -> None:
    distributions = packages_distributions()
    declared = _declared(("neural", "test", "peers"))
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for name in sorted(_imports(path) - set(ROOMS) - set(sys.stdlib_module_names) - {"__future__"}):
                found = distributions.get(name) or [NAMED_OTHERWISE.get(name, name)]
                owners = {owner.lower().replace("_", "-") for owner in found}
                assert owners & declared, (
                    f"{path.relative_to(ROOT)} imports {name}, which pyproject.toml does not declare"
                )


def test_every_dependency_says_why() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[project.scripts]")[0]
    listed = re.findall(r'^    "[\w-]+(?:\[\w+\])?[<>=].*', project, flags=re.M)
    assert len(listed) > 30
    for line in listed:
        assert "#" in line, f"no reason given for {line.strip()}"


def test_every_setting_is_described_and_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert field.description, f"{name} has no description"
        assert f"`UPR_{name.upper()}`" in readme, f"README.md does not document UPR_{name.upper()}"


def test_an_unknown_setting_is_refused_with_the_nearest_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "UPR_EMBEDINGS", "static")
    with pytest.raises(BadSetting, match="UPR_EMBEDDINGS"):
        load()


@pytest.mark.parametrize(("name", "value"), [("UPR_MAX_PAGES", "many"), ("UPR_LANGUAGE", "klingon")])
def test_a_setting_of_the_wrong_type_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setitem(os.environ, name, value)
    with pytest.raises(BadSetting, match=f"{name}='{value}'"):
        load()


def test_the_repository_names_no_machine_path_and_no_registry() -> None:
    forbidden = re.compile(r"/work/|/root/|pypi-more|/opt/wheels")
    for folder in (*ROOMS, "scripts", ".ci"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".md", ".toml", ".csv", ".po", ""} and path.is_file():
                found = forbidden.search(path.read_text(encoding="utf-8", errors="ignore"))
                assert not found, f"{path.relative_to(ROOT)} names {found and found.group()}"

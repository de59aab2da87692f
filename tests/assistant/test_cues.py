"""The six files of cues say the same things: a key that one lacks is one that `en.toml` gives the reason for."""

import tomllib
from collections import defaultdict
from importlib.resources import files

from corpus.model import Language

OWN = {
    "clauses.unknown": "en fr",
    "clauses.beside": "en fr",
    "clauses.stranger": "ar zh",
    "intent.duty": "en fr",
    "intent.legislate": "en fr",
    "words.took": "es ru",
    **dict.fromkeys((f"numerals.{n}" for n in (2, 3, 4, 5, 10)), "en es fr ru zh"),
}


def test_every_language_has_every_key() -> None:
    having: dict[str, list[str]] = defaultdict(list)
    for language in sorted(Language):
        source = files("assistant").joinpath("cues", f"{language}.toml").read_text("utf-8")
        for section, keys in tomllib.loads(source).items():
            for key in keys if isinstance(keys, dict) and section != "stems" else ():
                having[f"{section}.{key}"].append(str(language))
    everyone = " ".join(sorted(Language))
    assert {key: " ".join(some) for key, some in having.items() if " ".join(some) != everyone} == OWN

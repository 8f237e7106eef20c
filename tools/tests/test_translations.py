from pathlib import Path

import polib
import pytest

from tools.translations import Text, catalogue_path, compile_all, main, problems, python_texts, read, template_texts, update

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
TITLE = _("Bekanntmachung")
LONG = _("Erster Satz. "
         "Zweiter Satz.")
def count(n): return ngettext("%(n)d Entwurf", "%(n)d Entwürfe", n) % {"n": n}
MAY = pgettext("Monat", "Mai")
PLAIN = "kein Text"
"""
TEMPLATE = """{% load i18n %}
  {% if x %}
<h1 title="{% translate "Start" %}">{% translate 'Alle „Texte“' %}</h1>
      {% blocktranslate trimmed count n=rows %}
    Eine Zeile von {{ town }}
      {% plural %}
    {{ n }} Zeilen von {{ town }}
   {% endblocktranslate %}
{% endif %}{# ein Kommentar #} <p>it's "free" text # not a comment ( [</p>
{% url "x" name=_("Name") %}{% translate "Mai" context "Monat" %}{% blocktranslate %}100 % sicher{% endblocktranslate %}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for app in ("notices", "portal"):
        (tmp_path / "allmende" / app / "templates" / app).mkdir(parents=True)
        (tmp_path / "allmende" / app / "__init__.py").touch()
    (tmp_path / "allmende" / "notices" / "views.py").write_text('from x import gettext as _\n_("Hallo %(name)s")\n_("Zurück")\n')
    (tmp_path / "allmende" / "portal" / "templates" / "portal" / "a.html").write_text('{% translate "Zurück" %}')
    update(tmp_path, "en")
    return tmp_path


def translate(root: Path, app: str, **texts: str) -> None:
    path = catalogue_path(root / "allmende" / app, "en")
    catalogue = read(path)
    for entry in catalogue:
        entry.msgstr = texts.get(entry.msgid.split()[0], entry.msgstr)
    catalogue.save(str(path))


def test_texts_of_python_code() -> None:
    assert set(python_texts(PYTHON)) == {
        Text("Bekanntmachung"),
        Text("Erster Satz. Zweiter Satz."),
        Text("%(n)d Entwurf", plural="%(n)d Entwürfe"),
        Text("Mai", context="Monat"),
    }


def test_texts_of_a_template() -> None:
    assert set(template_texts(TEMPLATE)) == {
        Text("Start"),
        Text("Alle „Texte“"),
        Text("Eine Zeile von %(town)s", plural="%(n)s Zeilen von %(town)s"),
        Text("Name"),
        Text("Mai", context="Monat"),
        Text("100 %% sicher"),
    }


def test_a_new_text_is_named_until_it_is_translated(root: Path) -> None:
    assert problems(root, "en") == {
        "notices": ["is not translated: 'Hallo %(name)s'", "is not translated: 'Zurück'"],
        "portal": ["is not translated: 'Zurück'"],
    }
    translate(root, "notices", Hallo="Hello %(name)s", Zurück="Back")
    translate(root, "portal", Zurück="Back")
    assert problems(root, "en") == {}


def test_a_translation_that_loses_a_placeholder_is_named(root: Path) -> None:
    translate(root, "notices", Hallo="Hello %(nmae)s", Zurück="Back")
    assert problems(root, "en")["notices"] == ["does not keep the placeholders %(name)s: 'Hallo %(name)s'"]


def test_two_translations_of_one_sentence_are_named(root: Path) -> None:
    translate(root, "notices", Hallo="Hello %(name)s", Zurück="Back")
    translate(root, "portal", Zurück="Return")
    assert problems(root, "en") == {"portal": ["translated differently in notices ('Back'): 'Zurück'"]}


def test_what_is_translated_stays_is_offered_elsewhere_and_goes_with_its_sentence(root: Path) -> None:
    translate(root, "notices", Hallo="Hello %(name)s", Zurück="Back")
    update(root, "en")
    assert [entry.msgstr for entry in read(catalogue_path(root / "allmende" / "portal", "en"))] == ["Back"]

    before = catalogue_path(root / "allmende" / "notices", "en").read_bytes()
    update(root, "en")
    assert catalogue_path(root / "allmende" / "notices", "en").read_bytes() == before

    (root / "allmende" / "notices" / "views.py").write_text('from x import gettext as _\n_("Zurück")\n')
    assert problems(root, "en") == {"notices": ["used nowhere: 'Hallo %(name)s'"]}
    update(root, "en")
    assert [entry.msgid for entry in read(catalogue_path(root / "allmende" / "notices", "en"))] == ["Zurück"]


def test_a_sentence_missing_from_the_catalogue_is_named(root: Path) -> None:
    (root / "allmende" / "portal" / "texts.py").write_text('from x import gettext as _\n_("Neu")\n')
    assert "missing: 'Neu'" in problems(root, "en")["portal"]


def test_catalogues_are_made_for_django(root: Path) -> None:
    translate(root, "portal", Zurück="Back")
    compile_all(root)
    compiled = polib.mofile(str(catalogue_path(root / "allmende" / "portal", "en").with_suffix(".mo")))
    assert [(entry.msgid, entry.msgstr) for entry in compiled] == [("Zurück", "Back")]


def test_the_check_fails_on_what_is_incomplete(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("tools.translations.ROOT", root)
    assert main(["--check"]) == 1
    assert "notices (en), 2:" in capsys.readouterr().out
    translate(root, "notices", Hallo="Hello %(name)s", Zurück="Back")
    assert main(["--check"]) == 1
    assert main(["--check", "notices"]) == 0
    translate(root, "portal", Zurück="Back")
    assert main(["--check"]) == 0


def test_other_apps_are_left_alone_when_one_is_named(root: Path) -> None:
    (root / "allmende" / "portal" / "texts.py").write_text('from x import gettext as _\n_("Neu")\n')
    update(root, "en", ["notices"])
    assert "missing: 'Neu'" in problems(root, "en")["portal"]
    update(root, "en", ["portal"])
    assert "is not translated: 'Neu'" in problems(root, "en")["portal"]

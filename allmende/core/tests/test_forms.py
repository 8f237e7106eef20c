"""The look of all forms, judged by what a browser and a screen reader get."""

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from allmende.core.forms import GermanDateField

PLACES = [("rathaus", "Schaukasten am Rathaus"), ("foyer", "Bildschirm im Foyer")]


class NoticeForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label="Titel", max_length=5, help_text="Keine Namen von Privatpersonen.")
    email = forms.EmailField(label="E-Mail", required=False)
    password = forms.CharField(label="Kennwort", widget=forms.PasswordInput(attrs={"class": "eigene"}))
    text = forms.CharField(label="Text", widget=forms.Textarea)
    kind = forms.ChoiceField(label="Art", choices=[("", "Bitte wählen"), ("by_law", "Satzung")])
    until = GermanDateField(label="Aushang bis", min_day=date(2026, 1, 1), max_day=date(2026, 12, 31))
    places = forms.MultipleChoiceField(label="Wo", choices=PLACES, widget=forms.CheckboxSelectMultiple, help_text="Mindestens ein Ort.")
    level = forms.ChoiceField(label="Siegel", choices=PLACES, widget=forms.RadioSelect)
    districts = forms.MultipleChoiceField(label="Ortsteile", choices=PLACES, required=False)
    pages = forms.IntegerField(label="Seiten", required=False, min_value=1)
    file = forms.FileField(label="Anlage")
    read = forms.BooleanField(label="Gelesen", help_text="Vor der Freigabe.")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=2)


GOOD: dict[str, Any] = {
    **{"title": "Räum", "password": "x", "text": "x", "kind": "by_law", "until": "1.3.26"},
    **{"places": ["foyer"], "level": "foyer", "read": "on", "version": "2"},
}


def group(name: str, data: dict[str, Any] | None = None) -> str:
    return str(NoticeForm(data)[name].as_field_group())


@pytest.mark.parametrize(
    ("name", "css"),
    [
        *(("title", "kern-form-input__input"), ("email", "kern-form-input__input"), ("text", "kern-form-input__input")),
        *(("kind", "kern-form-input__select"), ("places", "kern-form-check__checkbox"), ("level", "kern-form-check__radio")),
        *(("read", "kern-form-check__checkbox"), ("until", "kern-form-input__input"), ("districts", "kern-form-input__input")),
    ],
)
def test_every_kind_of_field_gets_its_class_and_its_error_class(name: str, css: str) -> None:
    assert re.search(rf'class="{css}"', group(name))
    if NoticeForm.base_fields[name].required:
        assert re.search(rf'class="{css} {css}--error"', group(name, {}))


def test_a_class_of_the_form_comes_in_addition() -> None:
    assert 'class="kern-form-input__input eigene"' in group("password")


@pytest.mark.parametrize("name", ["title", "kind", "text", "until", "file", "read"])
def test_help_and_error_are_tied_to_the_field(name: str) -> None:
    html = group(name, {})
    control = re.search(rf'<(?:input|select|textarea)[^>]*name="{name}"[^>]*>', html)

    assert control
    assert 'aria-invalid="true"' in control[0]
    described = re.search(r'aria-describedby="([^"]+)"', control[0])
    assert described
    assert described[1].split() == [f"id_{name}_{part}" for part in ("helptext", "error") if f'id="id_{name}_{part}"' in html]
    assert f'id="id_{name}_error"' in html
    assert f'<label class="kern-label" for="id_{name}">' in html


@pytest.mark.parametrize("name", ["places", "level"])
def test_a_group_is_a_fieldset_with_a_legend_and_says_its_error_once(name: str) -> None:
    html = group(name, {})

    assert html.index("<fieldset") < html.index('<legend class="kern-label">') < html.index("<input")
    assert re.search(rf'<fieldset [^>]*aria-describedby="[^"]*id_{name}_error"', html)
    assert html.count(f'id="id_{name}_error"') == 1
    assert html.count('<label class="kern-label"') == len(PLACES)


def test_no_radio_button_is_called_invalid_by_itself() -> None:
    assert "aria-invalid" not in group("level", {})


def test_only_optional_fields_are_marked() -> None:
    form = NoticeForm()
    marked = [field.name for field in form if "freiwillig" in str(field.as_field_group())]

    assert marked == ["email", "districts", "pages"]


def test_a_filter_marks_nothing() -> None:
    class Filter(forms.Form):
        mark_optional = False
        q = forms.CharField(label="Suchwort", required=False)

    assert "freiwillig" not in str(Filter())


def test_a_hidden_field_stands_alone() -> None:
    assert group("version").strip() == '<input type="hidden" name="version" value="2" id="id_version">'


def test_the_whole_form_holds_every_field_once() -> None:
    html = str(NoticeForm())

    assert [html.count(f'id="id_{name}"') for name in ("title", "kind", "until", "file", "read", "version")] == [1] * 6
    assert html.count("<fieldset") == 2


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("title", "", "Füllen Sie dieses Feld aus."),
        ("title", "zu langer Titel", "Kürzen Sie auf höchstens 5 Zeichen. Zurzeit sind es 15."),
        ("email", "anna", "Schreiben Sie die E-Mail-Adresse vollständig, zum Beispiel name@beispiel.de."),
        ("kind", "", "Wählen Sie eine der Möglichkeiten aus."),
        ("kind", "gone", "Diese Auswahl gibt es nicht mehr. Wählen Sie eine der angebotenen Möglichkeiten."),
        ("places", [], "Wählen Sie mindestens eine Möglichkeit aus."),
        ("pages", "zwei", "Schreiben Sie eine ganze Zahl, zum Beispiel 12."),
        ("pages", "0", "Schreiben Sie eine Zahl, die nicht kleiner ist als 1."),
        ("file", None, "Wählen Sie eine Datei aus."),
        ("read", "", "Setzen Sie den Haken, sonst geht es nicht weiter."),
        ("until", "", "Tragen Sie einen Tag ein, zum Beispiel 1.3.2026."),
        ("until", "bald", "„bald“ lässt sich nicht als Tag lesen. Schreiben Sie Tag, Monat und Jahr, zum Beispiel 1.3.2026."),
        ("until", "31.2.26", "Den Tag „31.2.26“ gibt es nicht im Kalender. Prüfen Sie Tag und Monat."),
        ("until", "1.3.25", "Der Tag liegt zu früh. Der früheste Tag ist der 1.1.2026."),
        ("until", "1.3.27", "Der Tag liegt zu spät. Der späteste Tag ist der 31.12.2026."),
    ],
)
def test_an_error_says_what_to_do(name: str, value: Any, says: str) -> None:
    form = NoticeForm(GOOD | {name: value})

    assert form[name].errors == [says]


def test_a_message_of_the_form_itself_stays() -> None:
    class Own(forms.Form):
        name = forms.CharField(error_messages={"required": "Wie heißt der Ortsteil? Schreiben Sie seinen Namen."})

    assert Own({})["name"].errors == ["Wie heißt der Ortsteil? Schreiben Sie seinen Namen."]


def test_a_day_comes_back_as_it_was_typed_and_is_shown_as_people_write_it() -> None:
    form = NoticeForm(GOOD)
    form.full_clean()

    assert form.cleaned_data["until"] == date(2026, 3, 1)
    assert 'value="1.3.26"' in group("until", GOOD)
    assert 'value="1.3.2026"' in str(NoticeForm(initial={"until": date(2026, 3, 1)})["until"])


def test_the_same_day_written_otherwise_is_no_change() -> None:
    initial = {"until": date(2026, 3, 1)}

    assert "until" not in NoticeForm(GOOD | {"until": "01.03.2026"}, initial=initial).changed_data
    assert "until" in NoticeForm(GOOD | {"until": "2.3.2026"}, initial=initial).changed_data


def test_the_summary_leads_to_every_field_that_is_wrong() -> None:
    form = NoticeForm({"version": "2"})
    form.add_error(None, "Der Aushang endet vor dem Beginn.")
    html = render_to_string("core/error_summary.html", {"form": form})
    page = html + str(form)

    assert 'role="alert"' not in html, "what has the focus is heard already"
    for role, of in (("labelledby", '<h2 id="zu-beheben">'), ("describedby", '<div id="was-zu-beheben">')):
        assert html.index(f'aria-{role}="{of.split(chr(34))[1]}"') < html.index(of) < html.index("<ul>")
    assert "Bitte prüfen Sie 10 Angaben" in html
    assert "<li>Der Aushang endet vor dem Beginn.</li>" in html
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == 9
    assert [page.count(f'id="{target}"') for target in targets] == [1] * 9


def test_a_form_without_errors_has_no_summary() -> None:
    assert not render_to_string("core/error_summary.html", {"form": NoticeForm()}).strip()


def test_user_text_in_an_error_is_escaped() -> None:
    assert "<b>" not in group("until", {"until": "<b>"})


def test_forms_speak_english_too() -> None:
    with translation.override("en"):
        html = group("until", {"until": "soon"})

    assert "cannot be read as a day" in html
    assert "Error:" in html

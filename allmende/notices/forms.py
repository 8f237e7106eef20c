"""Shape and wording of the forms. Rules live in constraints, services and checks.py."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from allmende.core.forms import KernField
from allmende.core.models import Body, District
from allmende.core.written import PREFIX
from allmende.lib import richtext
from allmende.notices import headings, kinds, printed, text
from allmende.notices.checks.point import WITHOUT_TITLE
from allmende.notices.detail_fields import LaterChoice, LaterText, form_field
from allmende.notices.selectors import offices_of
from allmende.notices.services import Draft, ReasonMissing
from allmende.notices.services.draft import MAX_TITLE


class NoticeForm(forms.Form):
    """One version of a notice of one kind, with the fields of that kind.

    The text comes as typed notation, or as HTML where the editor runs (then `html` is sent).
    """

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)  # a form begins one notice, however often it is sent
    title = LaterText(
        label=_("Titel"),
        max_length=MAX_TITLE,
        widget=forms.Textarea(attrs={"rows": 2}),  # long titles are the rule: they are seen whole
        help_text=_("So erscheint er in der Liste und auf dem Dokument. Keine Namen von Privatpersonen."),
    )
    title_en = forms.CharField(
        label=_("Titel auf Englisch"),
        max_length=MAX_TITLE,
        required=False,
        help_text=_("Für die englische Liste. Der amtliche Text bleibt deutsch."),
        widget=forms.TextInput(attrs={"lang": "en"}),
    )
    summary = forms.CharField(
        label=_("Kurz gesagt"),
        max_length=400,
        required=False,
        help_text=_("Ein Satz in einfachen Worten. Er ist nicht Teil des amtlichen Textes."),
    )
    meaning = forms.CharField(
        label=_("Was bedeutet das für mich?"),
        max_length=600,
        required=False,
        help_text=_("Was Leserinnen und Leser tun können oder müssen. Leer lassen: Dann steht dort, was für diese Art immer gilt."),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "de"}),
    )
    kind = forms.ChoiceField(label=_("Art"), widget=forms.HiddenInput)  # chosen before, on a page of its own
    text = LaterText(
        label=_("Amtlicher Text"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Nur dieser Text gilt. Eine leere Zeile trennt Absätze."),
    )
    html = forms.CharField(required=False, widget=forms.HiddenInput)
    office = LaterChoice(
        label=_("Zuständiges Amt"),
        queryset=None,
        empty_label=_("Bitte wählen"),
        help_text=_("Wer Fragen beantwortet. Name, Telefon und E\u2011Mail stehen auf der Seite."),
    )
    districts: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=_("Ortsteile"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nichts gewählt heißt: gilt in der ganzen Kommune."),
    )

    def __init__(self, body: Body, data: Mapping[str, Any] | None = None, *, values: Draft | None = None, version: int = 0) -> None:
        values = values or Draft()
        document = text.read(values.content)
        initial = {
            "version": version,
            "key": uuid4(),
            "title": values.title,
            "title_en": values.title_en,
            "summary": values.summary,
            "meaning": values.meaning,
            "kind": values.kind,
            "text": richtext.to_plain(document),
            "office": values.office,
            "districts": list(values.districts),
        }
        chosen = (data or {}).get("kind") or values.kind
        self.asked = kinds.get(chosen if kinds.known(chosen) else values.kind)
        details = self.asked.read(self.asked.shared(values.details))
        initial |= {f"{PREFIX}{name}": value for name, value in details.items()}
        super().__init__(data, initial=initial)
        self.values = values
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(kind.code, kind.name) for kind in kinds.all_kinds()]
        for detail in self.asked.fields:
            self.fields[f"{PREFIX}{detail.name}"] = form_field(detail)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)  # what is pasted is never cut silently: too long a text is shown with a sentence
        if self.asked.fields:
            self.fields["text"].help_text = _("Er gilt zusammen mit den Angaben darüber. Eine leere Zeile trennt Absätze.")
        if not self.asked.wording:
            self.fields["text"].required = False
        office, districts = self.fields["office"], self.fields["districts"]
        assert isinstance(office, forms.ModelChoiceField)
        assert isinstance(districts, forms.ModelMultipleChoiceField)
        office.queryset = offices_of(body)
        districts.queryset = District.objects.for_body(body)
        if not districts.queryset.exists():
            del self.fields["districts"]

    @property
    def details(self) -> list[forms.BoundField]:
        """The fields of the kind, in their order."""
        return [self[f"{PREFIX}{detail.name}"] for detail in self.asked.fields]

    def clean_title(self) -> str:
        return richtext.clean_text(self.cleaned_data["title"])

    def clean_title_en(self) -> str:
        return richtext.clean_text(self.cleaned_data["title_en"])

    def clean_summary(self) -> str:
        return richtext.clean_text(self.cleaned_data["summary"])

    def clean_meaning(self) -> str:
        return richtext.clean_text(self.cleaned_data["meaning"])

    def clean(self) -> dict[str, Any]:
        """Read the details, and the text: from the editor where one has run, else typed."""
        cleaned = super().clean() or self.cleaned_data
        names = {detail.name: f"{PREFIX}{detail.name}" for detail in self.asked.fields}
        values = {name: cleaned.get(field, self.initial[field]) for name, field in names.items()}  # what cannot be read stays as it was
        cleaned["details"] = self.asked.write(values)
        try:
            typed = "html" not in self.data  # no editor has run
            document = richtext.from_plain(cleaned.get("text", "")) if typed else richtext.from_html(self.data["html"])
            if self.without_title:
                document = headings.without_title(cleaned.get("title", ""), document)
            printed.wording(self.asked, cleaned["details"], document)
        except richtext.RichTextTooLarge as error:
            raise ValidationError(
                _("Der Text ist zu lang für eine Bekanntmachung. Kürzen Sie ihn, oder teilen Sie ihn auf zwei auf."), code="too_large"
            ) from error
        cleaned["content"] = text.write(document)
        return cleaned

    @property
    def without_title(self) -> bool:
        """The button of the check list was pressed that leaves out the heading that repeats the title."""
        return WITHOUT_TITLE in self.data

    @property
    def unread(self) -> list[KernField]:
        """Visible fields with an error, in their order."""
        return [field for field in self.visible_fields() if field.errors and isinstance(field, KernField)] if self.is_bound else []

    @property
    def is_readable(self) -> bool:
        """Whether all but some visible fields can be saved: what the page itself sends is right, and so is the whole."""
        return self.is_valid() or len(self.errors) == len(self.unread)

    def draft(self) -> Draft:
        """What was entered; a field that cannot be read stays as it was. Only if `is_readable`."""
        cleaned, before = self.cleaned_data, self.values
        office, districts = cleaned.get("office"), cleaned.get("districts")
        return Draft(
            title=cleaned.get("title", before.title),
            title_en=cleaned.get("title_en", before.title_en),
            kind=cleaned["kind"],
            office=before.office if "office" in self.errors else office.pk if office else None,
            districts=before.districts if "districts" in self.errors else tuple(sorted(district.pk for district in districts or [])),
            summary=cleaned.get("summary", before.summary),
            meaning=cleaned.get("meaning", before.meaning),
            content=cleaned["content"],
            details=cleaned["details"],
        )


class DecisionForm(forms.Form):
    """A note that must be there to send a version back, and may be there to approve it. Which of both, the button says."""

    mark_optional = False

    reason = forms.CharField(
        label=_("Anmerkung für die Redaktion"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=_("Wenn Sie zurückgeben: in einem Satz, was zu ändern ist. Die Anmerkung bleibt im Verlauf, öffentlich wird sie nicht."),
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if not reason and "freigeben" not in self.data:
            raise ValidationError(ReasonMissing.message, code=ReasonMissing.code)
        return reason


class PictureForm(forms.Form):
    file = forms.FileField(
        label=_("Bild hochladen"),
        help_text=_("PNG, JPEG oder WebP, höchstens 10 MB. Angaben zu Ort und Kamera werden entfernt."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )


class NamesOfTheTown(forms.Select):
    """Choices that nobody has translated, marked as German on every page; the first one is of the platform."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["lang"] = "de"
        return option


class FilterForm(forms.Form):
    """Filter of the public list. What it does not understand is ignored: an old link still leads somewhere."""

    mark_optional = False

    q = forms.CharField(label=_("Suchworte oder Nummer"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("Art"), required=False)
    year = forms.ChoiceField(label=_("Jahr"), required=False)
    office = forms.ChoiceField(label=_("Amt"), required=False)
    district = forms.ChoiceField(label=_("Ortsteil"), required=False)
    standing = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("Alle")), ("current", _("Nur aktuelle")), ("past", _("Nur nicht mehr aktuelle"))],
    )

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        kinds: list[tuple[str, str]],
        years: list[int],
        offices: list[tuple[int, str]],
        districts: list[tuple[int, str]],
    ) -> None:
        super().__init__(data, auto_id="filter_%s")
        for name, choices, every in (
            ("kind", kinds, _("Alle Arten")),
            ("year", [(str(year), str(year)) for year in years], _("Alle Jahre")),
            ("office", [(str(pk), label) for pk, label in offices], _("Alle Ämter")),
            ("district", [(str(pk), label) for pk, label in districts], _("Alle Ortsteile")),
        ):
            if choices:
                widget = forms.Select if name == "kind" else NamesOfTheTown
                self.fields[name] = forms.ChoiceField(
                    label=self.fields[name].label, required=False, choices=[("", every), *choices], widget=widget
                )
            else:
                del self.fields[name]

    def unknown(self) -> list[tuple[str, str]]:
        """(field, value) of what was asked for and is not there, so that nothing is filtered by it."""
        names = [name for name in self.base_fields if name in self.errors or (name not in self.fields and self.data.get(name))]
        return [(str(self.base_fields[name].label), str(self.data.get(name))[:40]) for name in names if name != "q"]

    def chosen(self) -> dict[str, str]:
        """What is really filtered by, in the order of the fields."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}

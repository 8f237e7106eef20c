"""Forms of the administration. They check what can be checked without asking the database; services decide the rest."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from allmende.accounts.forms import rules
from allmende.administration import setup_code
from allmende.administration.models import LegalFacts
from allmende.administration.services.first_run import FirstBody
from allmende.core.forms import GermanDateField
from allmende.core.models import Body, District, Host, Office, Person
from allmende.core.permissions import Role
from allmende.core.printable import PrintedForm


class BodyForm(PrintedForm, forms.ModelForm):
    class Meta:
        model = Body
        fields = ["name", "short_name", "subtitle", "kind", "ars", "administered_by", "represented_by"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.fields["administered_by"]
        assert isinstance(office, forms.ModelChoiceField)
        office.queryset = Body.objects.exclude(pk=self.instance.pk).filter(administered_by=None).order_by("name")
        office.empty_label = str(_("Die Kommune verwaltet sich selbst"))
        office.help_text = _("Wer dort Rollen hat, handelt dann auch für diese Kommune")
        self.fields["ars"].help_text = _("12 Ziffern; Gemeindeschlüssel und Land folgen daraus")


class ContactForm(PrintedForm, forms.ModelForm):
    website = forms.URLField(label=_("Internetseite"), required=False, assume_scheme="https")

    class Meta:
        model = Body
        fields = ["street", "postal_code", "city", "phone", "email", "website", "opening_hours"]
        widgets = {"opening_hours": forms.Textarea(attrs={"rows": 4})}


class ColourForm(forms.ModelForm):
    class Meta:
        model = Body
        fields = ["colour"]
        widgets = {"colour": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})}
        help_texts = {"colour": _("Eine Farbe als Zahl, zum Beispiel #12586a. Helligkeit und Sättigung regelt die Plattform.")}


class CoatOfArmsForm(forms.Form):
    picture = forms.FileField(label=_("Bild"), help_text=_("PNG oder JPEG, höchstens 5 MB; am besten mit durchsichtigem Grund"))


class HostForm(forms.ModelForm):
    class Meta:
        model = Host
        fields = ["name", "is_primary"]
        labels = {"is_primary": _("Öffentliche Adressen beginnen damit")}
        help_texts = {"name": _("Zum Beispiel: bekannt.quellstedt.de. Der Name muss im DNS auf diesen Server zeigen.")}

    def validate_unique(self) -> None:
        """The service says whose it is not."""


class DistrictForm(PrintedForm, forms.ModelForm):
    class Meta:
        model = District
        fields = ["name", "kind"]


class OfficeForm(PrintedForm, forms.ModelForm):
    class Meta:
        model = Office
        fields = ["name", "room", "phone", "email"]


class FactsForm(forms.ModelForm):
    statement_day = GermanDateField(label=_("Erklärung erstellt am"), required=False)
    review_day = GermanDateField(label=_("Zuletzt überprüft am"), required=False)

    class Meta:
        model = LegalFacts
        exclude = ["body"]  # noqa: DJ006 (every fact is asked)
        widgets = {"barriers": forms.Textarea(attrs={"rows": 5}), "enforcement": forms.Textarea(attrs={"rows": 4})}

    GROUPS = (
        (_("Impressum"), ("editor_name", "supervisor", "vat_id")),
        (_("Datenschutz"), ("officer_name", "officer_address", "officer_email", "privacy_authority", "hosting", "log_days")),
        (
            _("Barrierefreiheit"),
            ("conformity", "barriers", "method", "statement_day", "review_day", "feedback_email", "enforcement"),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("conformity", LegalFacts.Conformity.choices), ("method", LegalFacts.Method.choices)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("noch nicht angegeben")), *choices]

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]


class PageForm(forms.Form):
    source = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_("Leerzeile: neuer Absatz. ## davor: Überschrift. - davor: Punkt einer Liste. **fett**, [Text](https://…): Verweis."),
    )


class RolesField(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Role.choices, widget=forms.CheckboxSelectMultiple, **kwargs)


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-Mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    roles = RolesField(label=_("Rollen"), help_text=_("Freigabe und Siegelverwaltung brauchen einen zweiten Faktor"))


CHOOSE = _("Bitte wählen")


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rolle"), choices=[("", CHOOSE), *Role.choices])


class DeputyForm(forms.Form):
    stands_for = forms.ModelChoiceField(label=_("In Vertretung für"), queryset=Person.objects.none(), empty_label=CHOOSE)
    role = forms.ChoiceField(label=_("Rolle"), choices=[("", CHOOSE), *Role.choices])
    first = GermanDateField(label=_("Von"))
    last = GermanDateField(label=_("Bis einschließlich"))
    reason = forms.CharField(label=_("Grund"), max_length=200, help_text=_("Zum Beispiel: Urlaub. Der Grund wird mit vermerkt."))

    def __init__(self, *args: Any, body: Body, deputy: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stands_for"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Person.objects.filter(memberships__body=body, memberships__deputy_for=None).exclude(pk=deputy.pk).distinct().order_by("name")
        )


class EmailForm(forms.Form):
    email = forms.EmailField(label=_("E-Mail"))


class AuditForm(forms.Form):
    mark_optional = False
    person = forms.ModelChoiceField(label=_("Wer"), queryset=Person.objects.none(), required=False, empty_label=_("alle"))
    record = forms.CharField(label=_("Titel oder Adresse"), required=False)
    since = GermanDateField(label=_("Von"), required=False, help_text="")
    until = GermanDateField(label=_("Bis einschließlich"), required=False, help_text="")

    def __init__(self, *args: Any, actors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = actors


class LogForm(forms.Form):
    origin = forms.CharField(
        label=_("Name des Protokolls"),
        max_length=200,
        help_text=_("Eine Adresse, die Ihnen gehört, ohne https:// davor, zum Beispiel bekannt.quellstedt.de/protokoll"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class NewBodyForm(PrintedForm, forms.Form):
    """What must be known of a body, and who administers it first."""

    mark_optional = False  # the key is asked of all but one kind

    name = forms.CharField(label=_("Amtlicher Name"), max_length=200, help_text=_("Wie im Briefkopf, zum Beispiel Stadt Quellstedt"))
    short_name = forms.CharField(label=_("Kurzer Name"), max_length=80, help_text=_("Zum Beispiel Quellstedt"))
    slug = forms.CharField(
        label=_("Name in der Adresse"),
        max_length=40,
        help_text=_(
            "Kleinbuchstaben ohne Umlaute, Ziffern und Bindestriche, zum Beispiel quellstedt. "
            "Er steht in jeder Adresse und ändert sich nie."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(label=_("Art"), choices=Body.Kind.choices)
    ars = forms.CharField(
        label=_("Regionalschlüssel"),
        max_length=20,
        required=False,
        help_text=_(
            "12 Ziffern; sie stehen im Gemeindeverzeichnis der Statistischen Ämter (destatis.de) unter „Regionalschlüssel“. "
            "Nur ein Zweckverband hat keinen; dann bleibt das Feld leer."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    administrator = forms.CharField(
        label=_("Wer verwaltet sie zuerst?"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(label=_("E-Mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    def clean_ars(self) -> str:
        return "".join(str(self.cleaned_data["ars"]).split())

    def clean(self) -> dict[str, Any]:
        """With the fields also what the body would say of them, so that every mistake is told at once."""
        data = super().clean() or {}
        names = ("name", "short_name", "slug", "kind", "ars")
        try:
            FirstBody(**{name: data.get(name, "") for name in names}).body()
        except ValidationError as error:
            for name, wrong in error.error_dict.items():
                if name in self.fields and name not in self.errors:
                    self.add_error(name, wrong)
        return data


class FirstRunForm(NewBodyForm):
    """The first body and its administrator. Passwords are checked here, by the same rules as everywhere."""

    code = forms.CharField(
        label=_("Einrichtungscode"),
        help_text=_("Steht in der Ausgabe des Servers und in der Datei setup-code im Datenordner"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    administrator = forms.CharField(label=_("Ihr Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("Ihre E-Mail-Adresse"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password1 = forms.CharField(
        label=_("Kennwort"), strip=False, help_text=rules, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=_("Kennwort noch einmal"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    field_order = ["code"]

    def clean_code(self) -> str:
        if not setup_code.fits(self.cleaned_data["code"]):
            raise ValidationError(
                _("Der Einrichtungscode stimmt nicht. Er steht in der Ausgabe des Servers und in der Datei setup-code im Datenordner.")
            )
        return str(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", _("Die beiden Kennwörter sind verschieden. Schreiben Sie beide noch einmal."))
        elif data.get("password1"):
            try:
                validate_password(data["password1"], Person(name=data.get("administrator", ""), email=data.get("email", "")))
            except ValidationError as error:
                self.add_error("password1", error)
        return data

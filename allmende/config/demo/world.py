"""Bodies, people and roles of the demo, their logs and their seals."""

from dataclasses import dataclass
from datetime import UTC, datetime

from allmende.accounts.demo import create_person
from allmende.administration.publishing import services as publishing
from allmende.administration.publishing.values import Publishing
from allmende.administration.rules import services as rules
from allmende.config.demo import arms, legal
from allmende.core.models import Body, District, Membership, Office, Person
from allmende.core.permissions import NEEDS_SECOND_FACTOR
from allmende.lib.legalcalendar.kinds import Form
from allmende.publication.clock import as_told
from allmende.publication.seals import set_up_demo_seal
from allmende.publication.setup import set_up_log

Role = Membership.Role
BEGIN = datetime(2023, 11, 27, 8, 0, tzinfo=UTC)  # when the demo installation is set up
PASSWORD = "Erlenbach-Quelle-7"  # noqa: S105 (of the demo, printed at every start)


@dataclass(frozen=True)
class Somebody:
    """A person of the demo: local part of the address, name, and roles by short name of the body."""

    login: str
    name: str
    host: str
    roles: tuple[tuple[str, Role], ...]
    task: str
    operator: bool = False

    @property
    def email(self) -> str:
        return f"{self.login}@{self.host}.example"

    @property
    def second_factor(self) -> bool:
        return any(role in NEEDS_SECOND_FACTOR for _, role in self.roles)


Q, E, W = "quellstedt", "erlenland", "wiesenmark"
PEOPLE = (
    Somebody("petra.lindner", "Petra Lindner", Q, ((Q, Role.EDITOR),), "Redaktion in Quellstedt"),
    Somebody("jens.habermann", "Jens Habermann", Q, ((Q, Role.EDITOR),), "Redaktion in Quellstedt"),
    Somebody("anna.vogt", "Anna Vogt", Q, ((Q, Role.APPROVER),), "Freigabe in Quellstedt"),
    Somebody("karin.seidel", "Dr. Karin Seidel", Q, ((Q, Role.SEAL_HOLDER),), "Siegelverwaltung in Quellstedt"),
    Somebody("adam.krueger", "Adam Krüger", Q, ((Q, Role.ADMINISTRATOR),), "Administration in Quellstedt"),
    Somebody("paula.reuter", "Paula Reuter", Q, ((Q, Role.AUDITOR),), "Prüfung in Quellstedt"),
    Somebody("martin.otte", "Martin Otte", Q, ((Q, Role.MANDATE_HOLDER),), "Mandat im Stadtrat von Quellstedt"),
    Somebody("vera.thiele", "Vera Thiele", E, ((E, Role.EDITOR),), "Redaktion in Erlenland, auch für Wiesenmark"),
    Somebody("holger.brandt", "Holger Brandt", E, ((E, Role.APPROVER),), "Freigabe in Erlenland, auch für Wiesenmark"),
    Somebody(
        "silke.hartung",
        "Silke Hartung",
        E,
        ((E, Role.ADMINISTRATOR), (E, Role.SEAL_HOLDER)),
        "Administration und Siegelverwaltung in Erlenland, auch für Wiesenmark",
    ),
    Somebody("nora.busch", "Nora Busch", W, ((W, Role.AUDITOR),), "Prüfung in Wiesenmark"),
    Somebody("otto.franke", "Otto Franke", "rechenzentrum", (), "Betrieb der Anlage", operator=True),
)


@dataclass(frozen=True)
class Demo:
    bodies: dict[str, Body]
    people: dict[str, Person]


def _bodies() -> dict[str, Body]:
    contact = {"street": "Markt 1", "postal_code": "06999", "city": "Quellstedt am Erlenbach"}
    hours = "Di 9–12 und 14–18 Uhr\nDo 9–12 und 14–16 Uhr"
    erlenland = Body.objects.create(
        slug=E,
        name="Verbandsgemeinde Erlenland",
        short_name="Erlenland",
        subtitle="Verbandsgemeinde",
        kind=Body.Kind.ASSOCIATION,
        ars="150995001000",
        colour="#3f5f2a",
        phone="03999 000-0",
        email="post@erlenland.example",
        opening_hours=hours,
        represented_by="Verbandsgemeindebürgermeisterin Ilse Markgraf",
        **contact,
    )
    quellstedt = Body.objects.create(
        slug=Q,
        name="Stadt Quellstedt am Erlenbach",
        short_name="Quellstedt",
        subtitle="am Erlenbach",
        kind=Body.Kind.MUNICIPALITY,
        ars="150995001001",
        is_default=True,
        administered_by=erlenland,
        colour="#12586a",
        phone="03999 000-10",
        email="rathaus@quellstedt.example",
        opening_hours=hours,
        represented_by="Bürgermeister Thomas Ehlers",
        **contact,
    )
    wiesenmark = Body.objects.create(
        slug=W,
        name="Gemeinde Wiesenmark",
        short_name="Wiesenmark",
        kind=Body.Kind.MUNICIPALITY,
        ars="150995001002",
        administered_by=erlenland,
        colour="#6a3d12",
        street="Dorfstraße 12",
        postal_code="06999",
        city="Wiesenmark",
        phone="03999 000-50",
        email="gemeinde@wiesenmark.example",
        opening_hours="Di 14–18 Uhr",
        represented_by="Bürgermeisterin Renate Schill",
    )
    for body in (quellstedt, erlenland, wiesenmark):
        body.coat_of_arms = arms.draw(body.slug, body.colour)
        body.save()
    return {Q: quellstedt, E: erlenland, W: wiesenmark}


OFFICES = {
    Q: (("Hauptamt", "10"), ("Ordnungsamt", "20"), ("Bauamt", "30"), ("Stadtwerke Quellstedt", "40")),
    E: (("Bürgerdienste", "60"), ("Bau und Liegenschaften", "70")),
    W: (("Gemeindebüro", "51"),),
}
DISTRICTS = {
    Q: (("Kernstadt", District.Kind.PART), ("Lindenbach", District.Kind.PART), ("Steinhütte", District.Kind.PART)),
    W: (("Oberdorf", District.Kind.PART), ("Unterdorf", District.Kind.PART)),
}


REASON = "Beschluss der Hauptsatzung vom 6. November 2023"


def _publishing(body: Body) -> Publishing:
    """By the main statute: on the internet, and where by-laws can be inspected and copied."""
    office = body.administered_by or body
    return Publishing(
        form=Form.INTERNET,
        law="Hauptsatzung",
        section="§ 22 Abs. 1",
        valid_from=BEGIN.date(),
        address=f"www.{body.slug}.example",
        inspection=f"{office.name}, {office.street}, Zimmer 12\nDi 9–12 und 14–18 Uhr, Do 9–12 und 14–16 Uhr",
        copies=f"{office.name}, {office.street}, {office.postal_code} {office.city}. 0,50 € je Seite, bei Zusendung zuzüglich Porto",
    )


def build() -> Demo:
    """Make bodies, people, logs and seals. For an empty installation."""
    bodies = _bodies()
    for slug, offices in OFFICES.items():
        for name, extension in offices:
            Office.objects.create(body=bodies[slug], name=name, phone=f"03999 000-{extension}", email=f"{bodies[slug].email}")
    for slug, districts in DISTRICTS.items():
        for name, kind in districts:
            District.objects.create(body=bodies[slug], name=name, kind=kind)
    people = {}
    for somebody in PEOPLE:
        person = create_person(name=somebody.name, email=somebody.email, password=PASSWORD, second_factor=somebody.second_factor)
        if somebody.operator:
            person.is_operator = True
            person.save()
        for slug, role in somebody.roles:
            Membership.objects.create(person=person, body=bodies[slug], role=role)
        people[somebody.login] = person
    for slug, administrator in ((Q, "adam.krueger"), (E, "silke.hartung"), (W, "silke.hartung")):
        rules.begin(body=bodies[slug], by=people[administrator], at=BEGIN)
        publishing.enter(_publishing(bodies[slug]), reason=REASON, body=bodies[slug], by=people[administrator], at=BEGIN)
        legal.enter(bodies[slug], by=people[administrator], at=BEGIN)
    with as_told():
        for body in bodies.values():
            set_up_log(body, origin=f"{body.slug}.example/log", at=BEGIN, by=None)
            set_up_demo_seal(body, at=BEGIN, by=None)
    return Demo(bodies, people)


def load() -> Demo:
    """The demo that is there already; people or bodies that have been removed since are missing."""
    bodies = {body.slug: body for body in Body.objects.filter(slug__in=(Q, E, W))}
    by_email = {somebody.email: somebody.login for somebody in PEOPLE}
    return Demo(bodies, {by_email[person.email]: person for person in Person.objects.filter(email__in=by_email)})

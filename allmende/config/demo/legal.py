"""What the demo's imprint, privacy notice and accessibility statement are made of."""

from datetime import datetime

from allmende.administration.models import LegalFacts
from allmende.administration.services.pages import change_facts
from allmende.core.models import Body, Person

BARRIERS = (
    "Planzeichnungen in Anlagen sind Bilder: Ein Plan lässt sich nicht vollständig in Worte fassen. Das Bauamt erklärt ihn am Telefon.",
    "Anlagen anderer Stellen, etwa von Planungsbüros, sind nicht immer barrierefrei. Sie sind so gekennzeichnet; wir lesen vor oder "
    "schicken eine andere Fassung.",
    "Nur wenige Bekanntmachungen gibt es auch in Leichter Sprache und in Gebärdensprache. Fragen Sie uns, wenn Sie eine brauchen.",
)


def enter(body: Body, *, by: Person, at: datetime) -> None:
    """Enter the facts as a town's administrator would."""
    office = body.administered_by or body
    where = f"{body.street}, {body.postal_code} {body.city}"
    change_facts(
        body,
        {
            "editor_name": f"{body.represented_by or body.name}, {where}",
            "supervisor": "Landkreis Erlengrund (erfunden), Kommunalaufsicht",
            "officer_name": f"Datenschutz, {office.name}",
            "officer_address": f"{office.street}, {office.postal_code} {office.city}",
            "officer_email": f"datenschutz@{office.slug}.example",
            "privacy_authority": "Landesbeauftragte oder Landesbeauftragter für den Datenschutz Sachsen-Anhalt",
            "hosting": "Rechenzentrum Beispiel (erfunden)",
            "log_days": 7,
            "conformity": LegalFacts.Conformity.PARTIAL,
            "barriers": "\n".join(BARRIERS),
            "method": LegalFacts.Method.SELF,
            "statement_day": at.date(),
        },
        by=by,
        at=at,
    )

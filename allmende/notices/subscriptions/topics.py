"""What one can get mail about: its address and its words. The two topics differ in nothing else."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.notices.models import Subscription

Code = Subscription.Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """`path`: below the root of the body. `urls`: namespace of its addresses. `kinds`: whether kinds of notices can be chosen."""

    code: Code
    path: str
    urls: str
    kinds: bool
    heading: Promise
    lead: Promise
    back: Promise
    sent: Promise
    question: Promise
    confirmed: Promise
    next: Promise
    left: Promise
    leave: Promise
    subject: Promise
    text: Promise


GAZETTE: Final = Topic(
    code=Code.GAZETTE,
    path="amtsblatt/abo/",
    urls="gazette",
    kinds=False,
    heading=_("Amtsblatt per E-Mail"),
    lead=_("Bei jeder neuen Ausgabe bekommen Sie Inhalt und Adresse. Abbestellen geht mit einem Klick."),
    back=_("Zum Amtsblatt"),
    sent=_("Öffnen Sie den Link, den wir geschickt haben. Er gilt sieben Tage. Haben Sie das Amtsblatt schon bestellt, kommt nichts."),
    question=_("Möchten Sie jede neue Ausgabe per E-Mail bekommen?"),
    confirmed=_("Das Amtsblatt ist bestellt"),
    next=_("Die nächste Ausgabe kommt per E-Mail."),
    left=_("Das Amtsblatt ist abbestellt"),
    leave=_("Amtsblatt abbestellen"),
    subject=_("Amtsblatt bestellen: bitte bestätigen"),
    text=_(
        "Jemand hat für diese Adresse das Amtsblatt bestellt. Waren Sie das, bestätigen Sie es hier:\n\n%(link)s\n\nWaren Sie es "
        "nicht, tun Sie nichts: Nach sieben Tagen ist Ihre Adresse gelöscht."
    ),
)
NOTICES: Final = Topic(
    code=Code.NOTICES,
    path="bekanntmachungen/abo/",
    urls="notices",
    kinds=True,
    heading=_("Neue Bekanntmachungen per E-Mail"),
    lead=_("Wird etwas bekannt gemacht, bekommen Sie Art, Tag und Adresse. Abbestellen geht mit einem Klick."),
    back=_("Alle Bekanntmachungen"),
    sent=_("Öffnen Sie den Link, den wir geschickt haben. Er gilt sieben Tage. Mit ihm ändern Sie auch, was Sie schon bestellt haben."),
    question=_("Möchten Sie neue Bekanntmachungen per E-Mail bekommen?"),
    confirmed=_("Die Bekanntmachungen sind bestellt"),
    next=_("Mit der nächsten Bekanntmachung, die dazu passt, kommt eine E-Mail."),
    left=_("Die Bekanntmachungen sind abbestellt"),
    leave=_("Bekanntmachungen abbestellen"),
    subject=_("Bekanntmachungen bestellen: bitte bestätigen"),
    text=_(
        "Jemand hat für diese Adresse E-Mails über neue Bekanntmachungen bestellt. Waren Sie das, bestätigen oder ändern Sie es "
        "hier:\n\n%(link)s\n\nWaren Sie es nicht, tun Sie nichts: Was nicht bestätigt wird, ist nach sieben Tagen gelöscht."
    ),
)
TOPICS: Final = {topic.code: topic for topic in (GAZETTE, NOTICES)}

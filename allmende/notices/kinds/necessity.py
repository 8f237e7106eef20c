"""Why names must be published: weighed and recorded for each notice that names people (rule personal.necessity; Art. 5, 6 GDPR)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from allmende.notices.kinds.conditions import Condition
from allmende.notices.kinds.fields import Paragraph

NAME: Final = "necessity"


def weighed(when: Condition | None = None) -> Paragraph:
    """The field in which the editor says it. Never published, asked before submission, read by the approver, erased with the notice.

    `when`: the notice names people under this condition only.
    """
    return Paragraph(
        name=NAME,
        label=_("Warum die Namen veröffentlicht werden müssen"),
        required=when or True,
        only=when,
        printed=False,
        copied=False,
        max_length=1000,
        help=_(
            "Rechtsgrundlage, und warum es mit weniger Angaben nicht geht (Art. 5, 6 DSGVO). Für die Akte und die Freigabe; wird nicht "
            "veröffentlicht und mit der Bekanntmachung gelöscht."
        ),
    )

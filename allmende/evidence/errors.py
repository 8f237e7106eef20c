"""What can stand in the way of evidence, with the sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError


class NotCertifiable(DomainError):
    code = "evidence_not_certifiable"
    message = _(
        "Dazu gibt es keinen Bekanntmachungsnachweis: Es war nicht öffentlich, oder der Inhalt ist gelöscht. "
        "Sehen Sie im Protokoll nach, was davon geblieben ist."
    )

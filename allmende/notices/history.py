"""How a notice came to where it is: the steps of its thread, in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from allmende.core.templatetags.allmende import Step
from allmende.notices.models import Comment, Notice, Revision
from allmende.publication import selectors as publication
from allmende.publication.models import State as Engine

State = Notice.State


def steps(notice: Notice, *, at: datetime) -> list[Step]:
    """Written, sent back, submitted, approved, published: done, now, still to come. At most 6 queries."""
    body = notice.record.body
    revisions = list(Revision.objects.for_body(body).filter(notice=notice).select_related("author").order_by("version"))
    names = ", ".join(dict.fromkeys(revision.author.name for revision in revisions))
    first = revisions[0]
    told = [Step(_("Begonnen: %(name)s") % {"name": first.author.name}, first.at)]
    for comment in reversed(Comment.objects.for_body(body).filter(notice=notice).select_related("author")):
        title = _("Zurückgegeben: %(name)s, Fassung %(version)s") % {"name": comment.author.name, "version": comment.version}
        told.append(Step(title, comment.at, comment.text))
    told.append(
        Step(
            _("Zuletzt geändert, Fassung %(version)s") % {"version": notice.version},
            notice.changed_at,
            _("Geschrieben von %(names)s") % {"names": names},
        )
    )
    told.sort(key=lambda step: step.at or at)
    if notice.state == State.DRAFT:
        told.append(
            Step(_("Zur Freigabe geben"), None, _("Freigeben muss jemand, der nichts davon geschrieben hat."), state="now", word=_("Jetzt"))
        )
        return [*told, Step(_("Freigeben"), state="next"), Step(_("Siegeln, eintragen, bereitstellen"), state="next")]
    if notice.submitted_by:
        told.append(Step(_("Zur Freigabe gegeben: %(name)s") % {"name": notice.submitted_by.name}, notice.submitted_at))
    if notice.state == State.SUBMITTED:
        told.append(
            Step(
                _("Prüfen und freigeben"),
                None,
                _("Es gilt genau Fassung %(version)s.") % {"version": notice.version},
                state="now",
                word=_("Jetzt"),
            )
        )
        return [*told, Step(_("Siegeln, eintragen, bereitstellen"), state="next")]
    told.append(Step(_("Freigegeben: %(name)s") % {"name": _approver(notice)}, notice.approved_at))
    return told + _published(notice)


def _approver(notice: Notice) -> str:
    name = notice.approved_by.name if notice.approved_by else ""
    deputy_for = notice.record.publication.deputy_for
    return _("%(name)s in Vertretung für %(other)s") % {"name": name, "other": deputy_for.name} if deputy_for else name


def _published(notice: Notice) -> list[Step]:
    """What the engine says: how far it is, what holds it up."""
    progress = publication.state_of(notice.record)
    sealed, logged, provided = _("Gesiegelt"), _("Im Protokoll eingetragen"), _("Bereitgestellt")
    if notice.state == State.PUBLIC or progress is None:
        return [Step(sealed), Step(logged), Step(provided, notice.provided_at)]
    words = str(progress.error)
    if progress.void:
        again = _(
            "Eine frühere Fassung ist im Protokoll als ungültig vermerkt, weil ihr Tag vorüber war. Sie wird mit dem neuen Tag gesiegelt."
        )
        words = f"{words} {again}".strip()
    done = progress.step or 0
    names = [(sealed, Engine.SEALED), (logged, Engine.CHECKPOINTED), (provided, Engine.PUBLIC)]
    steps: list[Step] = []
    for name, reached in names:
        if done >= reached:
            steps.append(Step(name))
        elif not any(step.state == "now" for step in steps):
            steps.append(
                Step(name, None, words or _("Das dauert meist wenige Sekunden. Laden Sie die Seite neu."), state="now", word=_("Jetzt"))
            )
        else:
            steps.append(Step(name, state="next"))
    return steps

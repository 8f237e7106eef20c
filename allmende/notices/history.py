"""How a notice came to where it is: the steps of its thread, in words.

A version is called by who saved it and when, here and on every page. Its number counts what the editor saves by itself, too: it serves
the machine, which compares it, and tells people nothing.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from allmende.core import lease
from allmende.core.models import AuditEntry
from allmende.core.templatetags.allmende import Step
from allmende.notices.models import Comment, Notice, Revision
from allmende.publication import selectors as publication
from allmende.publication.models import State as Engine

State = Notice.State
_Told = tuple[datetime, int, Step]  # when, rank among what happened in the same moment, what


def steps(notice: Notice, *, at: datetime) -> list[Step]:
    """Written, submitted, sent back, withdrawn, approved, published: done, now, still to come. At most 8 queries."""
    comments = list(Comment.objects.for_body(notice.record.body).filter(notice=notice).select_related("author"))
    told = [*_written(notice), *_handed_over(notice), *_sent_back(comments)]
    if notice.approved_at:
        note = next((comment.text for comment in comments if comment.with_approval), "")
        told.append((notice.approved_at, 9, Step(_("Freigegeben: %(name)s") % {"name": _approver(notice)}, notice.approved_at, note)))
    past = [step for _at, _rank, step in sorted(told, key=lambda one: one[:2])]
    if notice.state == State.DRAFT:
        now = Step(
            _("Zur Freigabe geben"), None, _("Freigeben muss jemand, der nichts davon geschrieben hat."), state="now", word=_("Jetzt")
        )
        return [*past, now, Step(_("Freigeben"), state="next"), Step(_("Siegeln, eintragen, bereitstellen"), state="next")]
    if notice.state == State.SUBMITTED:
        exact = _("Freigegeben wird genau die Fassung, die eingereicht ist.")
        now = Step(_("Prüfen und freigeben"), None, exact, state="now", word=_("Jetzt"))
        return [*past, now, Step(_("Siegeln, eintragen, bereitstellen"), state="next")]
    return past + _published(notice, at)


def _written(notice: Notice) -> list[_Told]:
    """Every version that is kept, but for the first. 1 query."""
    revisions = Revision.objects.for_body(notice.record.body).filter(notice=notice, version__gt=1).select_related("author")
    return [(one.at, 0, Step(_("Geändert: %(name)s") % {"name": one.author.name}, one.at)) for one in revisions.order_by("version")]


def _handed_over(notice: Notice) -> list[_Told]:
    """Begun, submitted and withdrawn, as often as it happened. 1 query."""
    words = {
        "notice.drafted": _("Begonnen: %(name)s"),
        "notice.submitted": _("Zur Freigabe gegeben: %(name)s"),
        "notice.withdrawn": _("Zurückgezogen: %(name)s"),
        "notice.approval_taken_back": _("Freigabe zurückgenommen: %(name)s"),
    }
    entries = AuditEntry.objects.for_body(notice.record.body).filter(record=notice.pk, act__in=words).select_related("actor").order_by("pk")
    return [
        (entry.at, min(n, 7) if n else -1, Step(words[entry.act] % {"name": entry.actor.name if entry.actor else ""}, entry.at))
        for n, entry in enumerate(entries)
    ]


def _sent_back(comments: list[Comment]) -> list[_Told]:
    return [
        (
            comment.at,
            8,
            Step(_("Zurückgegeben: %(name)s") % {"name": comment.author.name}, comment.at, comment.text),
        )
        for comment in comments
        if not comment.with_approval
    ]


def _approver(notice: Notice) -> str:
    name = notice.approved_by.name if notice.approved_by else ""
    deputy_for = notice.record.publication.deputy_for
    return _("%(name)s in Vertretung für %(other)s") % {"name": name, "other": deputy_for.name} if deputy_for else name


def _published(notice: Notice, at: datetime) -> list[Step]:
    """What the engine says: how far it is, and since when; what holds it up."""
    progress = publication.state_of(notice.record)
    sealed, logged, provided = _("Gesiegelt"), _("Im Protokoll eingetragen"), _("Bereitgestellt")
    if notice.answers(at) or notice.state in (State.REMOVED, State.ERASED) or progress is None:
        times = (progress.sealed_at, progress.logged_at) if progress else (None, None)
        taken = [
            Step(one.get_event_display(), one.at, one.get_reason_display() if one.reason else "")
            for one in publication.removals_of(notice.record)
        ]
        return [Step(sealed, times[0]), Step(logged, times[1]), Step(provided, notice.provided_at), *taken]
    words = str(progress.error)
    if progress.void:
        again = _(
            "Eine frühere Fassung ist im Protokoll als ungültig vermerkt, weil ihr Tag vorüber war. Sie wird mit dem neuen Tag gesiegelt."
        )
        words = f"{words} {again}".strip()
    done = progress.step or 0
    names = [
        (sealed, _("Siegeln"), Engine.SEALED, progress.sealed_at),
        (logged, _("Ins Protokoll eintragen"), Engine.CHECKPOINTED, progress.logged_at),
        (provided, _("Bereitstellen"), Engine.PUBLIC, progress.provided_at),
    ]
    if not lease.is_held("worker", at=at):
        asleep = _("Der Arbeitsprozess läuft nicht; die Betriebsstelle muss ihn starten. Danach geht es von selbst weiter.")
        words = f"{words} {asleep}".strip()
    steps: list[Step] = []
    for name, to_do, reached, when in names:
        if done >= reached and (reached is not Engine.PUBLIC or notice.answers(at)):
            steps.append(Step(name, when))
        elif not any(step.state == "now" for step in steps):
            title = _("Nächster Schritt: %(step)s") % {"step": to_do}
            steps.append(Step(title, None, words or _("Das dauert meist wenige Sekunden."), state="now", word=_("Jetzt")))
        else:
            steps.append(Step(to_do, state="next"))
    return steps

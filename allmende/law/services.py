"""Write side of the local law."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Max

from allmende.core import audit
from allmende.core.models import Body, Link, Record, Visibility
from allmende.core.thread import link
from allmende.law.models import ByLaw, Version

NAMELESS: Final = {"de": "Gelöscht", "en": "Erased"}
LONGEST: Final = 80  # characters of a title in an address
_LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Promulgation:
    """What a notice says about the by-law that it promulgates."""

    adopted_on: date
    signed_on: date
    signed_by: str
    in_force_on: date | None
    approval_authority: str = ""
    approval_on: date | None = None
    retroactive: bool = False


@transaction.atomic
def promulgate(notice: Record, said: Promulgation, *, at: datetime, of: ByLaw | None = None) -> Version:
    """Enter the version that `notice` has promulgated at `at`: the first of a new by-law, or the next one of `of`. Idempotent.

    The record of a new by-law is public at an address that it keeps: ortsrecht/<words of its title>/.
    """
    there = Version.objects.for_body(notice.body).filter(promulgated_by=notice).first()
    if there is not None:
        return there
    bylaw = of or _begun(notice)
    last = Version.objects.for_body(notice.body).filter(bylaw=bylaw).aggregate(last=Max("number"))["last"] or 0
    version = Version.objects.create(
        bylaw=bylaw,
        number=last + 1,
        adopted_on=said.adopted_on,
        signed_on=said.signed_on,
        signed_by=said.signed_by,
        approval_authority=said.approval_authority,
        approval_on=said.approval_on,
        retroactive=said.retroactive,
        in_force_on=said.in_force_on,
        promulgated_by=notice,
        promulgated_at=at,
    )
    link(notice, Link.Relation.PROMULGATES, bylaw.record)
    here = Record.objects.for_body(notice.body).filter(pk=bylaw.pk)
    if here.filter(visibility=Visibility.REMOVED).update(visibility=Visibility.PUBLIC):  # no public notice told of it any more
        here.filter(titles=NAMELESS).update(titles=notice.titles)
    values = {
        "version": version.number,
        "notice": str(notice.pk),
        "adopted_on": said.adopted_on.isoformat(),
        "in_force_on": said.in_force_on.isoformat() if said.in_force_on else "",
    }
    audit.note(bylaw.record, "bylaw.promulgated", values, by=None, at=at)
    return version


@transaction.atomic
def withdraw(notice: Record, *, erased: bool, at: datetime) -> None:
    """`notice` is public no more. A by-law that no public notice tells of ends with it.

    `erased`: title and address go too where they are made of its words. Idempotent. A by-law with a later
    version takes the title of that one; its versions, with who signed them, stay in any case.
    """
    bylaw = promulgated_by(notice, body=notice.body)
    if bylaw is None:
        return
    others = Version.objects.for_body(notice.body).filter(bylaw=bylaw, promulgated_by__visibility=Visibility.PUBLIC)
    titled = others.exclude(promulgated_by=notice).select_related("promulgated_by").order_by("number").first()
    record = Record.objects.for_body(notice.body).filter(pk=bylaw.pk)
    if titled is None:
        record.update(visibility=Visibility.REMOVED)
    mine = Version.objects.for_body(notice.body).get(promulgated_by=notice)
    if erased and (titled is None or titled.number > mine.number):  # the title is that of the first version that can be read
        titles = titled.promulgated_by.titles if titled else NAMELESS
        record.update(titles=titles, path=f"ortsrecht/{bylaw.pk}/")
    audit.note(bylaw.record, "bylaw.withdrawn", {"notice": str(notice.pk), "erased": erased}, by=None, at=at)


def promulgated_by(notice: Record, *, body: Body) -> ByLaw | None:
    """The by-law of which a notice has promulgated a version. 1 query."""
    version = Version.objects.for_body(body).filter(promulgated_by=notice).select_related("bylaw__record").first()
    return version.bylaw if version else None


def _begun(notice: Record) -> ByLaw:
    record = Record.objects.create(
        body=notice.body, kind=Record.Kind.BYLAW, titles=notice.titles, path=_path(notice), visibility=Visibility.PUBLIC
    )
    return ByLaw.objects.create(record=record)


def _path(notice: Record) -> str:
    """By the title; where another by-law has that address, with year and number of the notice, which nothing else has."""
    words = slug(notice.titles["de"])
    path = f"ortsrecht/{words}/"
    if words and not Record.objects.for_body(notice.body).filter(path=path).exists():
        return path
    number = "-".join(notice.path.strip("/").split("/")[1:])
    return f"ortsrecht/{'-'.join(filter(None, (words, number)))}/"


def slug(title: str) -> str:
    """The title in small letters, figures and hyphens, cut between two words: Hundesteuersatzung 2027 → hundesteuersatzung-2027."""
    plain = unicodedata.normalize("NFKD", title.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))
    return words if len(words) <= LONGEST else words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]

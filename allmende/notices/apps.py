from datetime import datetime

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "allmende.notices"
    label = "notices"

    def ready(self) -> None:
        from importlib import import_module

        from allmende.administration.rules import coming as rules
        from allmende.core import housekeeping
        from allmende.core.models import Record
        from allmende.evidence.certificates import kinds as certified
        from allmende.notices import certified as own
        from allmende.notices import chores, promulgation
        from allmende.notices.after import removal, repeating
        from allmende.notices.attachments import chores as file_chores
        from allmende.notices.calendar import coming
        from allmende.notices.calendar.sealing import accepts_seal, on_sealing
        from allmende.notices.gazette import services as gazette
        from allmende.notices.gazette import withdrawing
        from allmende.notices.offering import services as offering
        from allmende.notices.paper import duties
        from allmende.notices.paper.printouts.services import FORGOTTEN
        from allmende.notices.plain import films
        from allmende.notices.plain import selectors as explanations
        from allmende.notices.selectors import waits_for
        from allmende.notices.services import ended, provided, voided
        from allmende.notices.subscriptions import mails, readers
        from allmende.publication import kinds
        from allmende.tasks import waiting

        rules.register(coming.affected)

        def on_public(record: Record, at: datetime) -> None:
            duties.on_public(record, at)
            promulgation.on_public(record, at)
            mails.on_public(record, at)
            repeating.repeated(record, at)

        housekeeping.register("pictures", chores.UNUSED)
        housekeeping.register("picture_files", chores.STRAY)
        housekeeping.register("print_requests", FORGOTTEN)
        housekeeping.register("sources", file_chores.SERVED)
        housekeeping.register("files", file_chores.STRAY)
        housekeeping.register("archive_offers", offering.OFFERS)
        housekeeping.register("erasure", removal.DUE)
        housekeeping.register("subscriptions", readers.UNCONFIRMED)
        housekeeping.register("films", films.STRAY)
        housekeeping.register("gazette_withdrawn", withdrawing.LEFT)
        kinds.register(
            kinds.PublishedKind(
                Record.Kind.NOTICE,
                on_sealing=on_sealing,
                accepts_seal=accepts_seal,
                on_provided=provided,
                on_public=on_public,
                on_void=voided,
                on_removed=ended.removed,
                on_erased=ended.erased,
            )
        )
        kinds.register(
            kinds.PublishedKind(
                Record.Kind.GAZETTE,
                on_sealing=withdrawing.on_sealing,
                on_provided=gazette.provided,
                on_public=gazette.public,
                on_void=gazette.voided,
            )
        )
        certified.register(certified.CertifiedKind(Record.Kind.NOTICE, about=own.about, effects=own.effects))
        waiting.register("notices", waits_for)
        waiting.register("explanations", explanations.waits_for)
        for part in ("board", "duties", "hint", "printouts.task"):  # each registers its kinds of tasks
            import_module(f"allmende.notices.paper.{part}")

from allmende.notices.models.amendment import Amendment
from allmende.notices.models.calendar import Basis, Calendar, KeptRules, LegalDay, Statement
from allmende.notices.models.explanation import Explanation, ExplanationAuthor
from allmende.notices.models.file import NoticeFile, TextConfirmation
from allmende.notices.models.gazette import GazetteSettings, Issue, IssueAuthor, IssueItem
from allmende.notices.models.notice import Comment, Notice, NumberSeries, Revision
from allmende.notices.models.offering import ArchiveRule, Offer
from allmende.notices.models.picture import Picture
from allmende.notices.models.printout import PrintRequest
from allmende.notices.models.subscription import Subscription

__all__ = [
    "Amendment",
    "ArchiveRule",
    "Basis",
    "Calendar",
    "Comment",
    "Explanation",
    "ExplanationAuthor",
    "GazetteSettings",
    "Issue",
    "IssueAuthor",
    "IssueItem",
    "KeptRules",
    "LegalDay",
    "Notice",
    "NoticeFile",
    "NumberSeries",
    "Offer",
    "Picture",
    "PrintRequest",
    "Revision",
    "Statement",
    "Subscription",
    "TextConfirmation",
]

from allmende.notices.models.calendar import Basis, Calendar, KeptRules, LegalDay, Statement
from allmende.notices.models.notice import Comment, Notice, NumberSeries, Revision
from allmende.notices.models.picture import Picture

__all__ = ["Basis", "Calendar", "Comment", "KeptRules", "LegalDay", "Notice", "NumberSeries", "Picture", "Revision", "Statement"]

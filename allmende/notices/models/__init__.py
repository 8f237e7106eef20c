from allmende.notices.models.notice import Comment, Notice, NumberSeries, Revision
from allmende.notices.models.picture import Picture

__all__ = ["Comment", "Notice", "NumberSeries", "Picture", "Revision"]

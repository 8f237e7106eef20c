"""The addresses of one topic, for the patterns of its part: below /amtsblatt/ and below /bekanntmachungen/."""

from django.urls import URLPattern, path

from allmende.notices.subscriptions.topics import Topic
from allmende.notices.subscriptions.views import mail


def patterns(topic: Topic) -> list[URLPattern]:
    given = {"topic": topic}
    return [
        path("abo/", mail.ask, given, name="subscribe"),
        path("abo/<int:reader>/<str:secret>/", mail.confirm, given, name="confirm"),
        path("abo/<int:reader>/<str:secret>/abbestellen/", mail.leave, given, name="leave"),
    ]

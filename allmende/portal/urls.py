"""The front of the house. Body and language are taken off before (core.middleware.TownMiddleware)."""

from django.urls import path

from allmende.portal.views import check, desk, front, legal, log, machines, program

urlpatterns = [
    path("", front.start, name="start"),
    path("ortsrecht/", front.local_law, name="local_law"),
    path("pruefung/", check.check, name="check"),
    path("pruefung/allmende-pruefprogramm.zip", program.download, name="program"),
    path("protokoll/", log.log_page, name="log_page"),
    path("impressum/", legal.imprint, name="imprint"),
    path("datenschutz/", legal.privacy, name="privacy"),
    path("barrierefreiheit/", legal.accessibility, name="accessibility"),
    path("schreibtisch/", desk.desk, name="desk"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
]

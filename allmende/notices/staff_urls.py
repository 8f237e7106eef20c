"""Addresses of the office, below /schreibtisch/bekanntmachungen/."""

from django.urls import path

from allmende.notices.views import approval, choosing, deadlines, decision, editing, paper, pictures, preview, printouts, status

app_name = "notices_staff"
urlpatterns = [
    path("", status.draft_list, name="list"),
    path("fristen/", deadlines.deadlines, name="deadlines"),
    path("neu/", editing.new, name="new"),
    path("neu/vorjahr/", choosing.patterns, name="patterns"),
    path("<uuid:notice_id>/", status.show, name="show"),
    path("<uuid:notice_id>/bearbeiten/", editing.edit, name="edit"),
    path("<uuid:notice_id>/art/", choosing.change, name="kind"),
    path("<uuid:notice_id>/speichern/", editing.autosave, name="autosave"),
    path("<uuid:notice_id>/bilder/", pictures.pictures, name="pictures"),
    path("<uuid:notice_id>/bilder/<uuid:picture_id>/", pictures.picture, name="picture"),
    path("<uuid:notice_id>/bilder/<uuid:picture_id>/entfernen/", pictures.remove, name="remove_picture"),
    path("<uuid:notice_id>/fassung/<int:version>/vorschau/", preview.page, name="preview"),
    path("<uuid:notice_id>/fassung/<int:version>/vorschau.pdf", preview.pdf, name="preview_pdf"),
    path("<uuid:notice_id>/fassung/<int:version>/vergleich/", preview.compare, name="compare"),
    path("<uuid:notice_id>/fassung/<int:version>/einreichen/", decision.submit, name="submit"),
    path("<uuid:notice_id>/fassung/<int:version>/entscheiden/", approval.decide, name="decide"),
    path("<uuid:notice_id>/fassung/<int:version>/freigeben/", approval.approve, name="approve"),
    path("<uuid:notice_id>/fassung/<int:version>/verwerfen/", decision.discard, name="discard"),
    path("<uuid:notice_id>/zurueckziehen/", decision.withdraw, name="withdraw"),
    path("<uuid:notice_id>/qr.svg", paper.qr_svg, name="qr_svg"),
    path("<uuid:notice_id>/qr.png", paper.qr_png, name="qr_png"),
    path("<uuid:notice_id>/aushang-a4.pdf", paper.poster, {"paper": "a4"}, name="poster_a4"),
    path("<uuid:notice_id>/aushang-a3.pdf", paper.poster, {"paper": "a3"}, name="poster_a3"),
    path("<uuid:notice_id>/aushang/", paper.put_up, name="put_up"),
    path("ausdruck/", printouts.search, name="printout_search"),
    path("<uuid:notice_id>/ausdruck/", printouts.enter, name="printout"),
    path("<uuid:notice_id>/kopieren/", decision.copy, name="copy"),
]

"""Addresses of the administration of a body, of the operator's page and of the first run."""

from django.urls import path

from allmende.administration import converters  # noqa: F401 (registers them)
from allmende.administration.rules import converters as rule_converters  # noqa: F401
from allmende.administration.views import audit, body, first_run, log, operations, pages, parts, people, rules, rules_change, seal

app_name = "administration"
urlpatterns = [
    path("verwaltung/", body.overview, name="overview"),
    path("verwaltung/angaben/", body.identity, name="identity"),
    path("verwaltung/kontakt/", body.contact, name="contact"),
    path("verwaltung/farbe/", body.colour, name="colour"),
    path("verwaltung/farbe.svg", body.colour_sample, name="colour_sample"),
    path("verwaltung/wappen/", body.coat_of_arms, name="coat_of_arms"),
    path("verwaltung/rechnernamen/", body.hosts, name="hosts"),
    path("verwaltung/rechnernamen/<int:pk>/entfernen/", body.host_remove, name="host_remove"),
    path("verwaltung/<parts:kind>/", parts.parts, name="parts"),
    path("verwaltung/<parts:kind>/<int:pk>/", parts.part, name="part"),
    path("verwaltung/protokoll/", log.log, name="log"),
    path("verwaltung/siegel/", seal.seal, name="seal"),
    path("verwaltung/siegel/einrichten/", seal.set_up, name="seal_set_up"),
    path("verwaltung/siegel/entsperren/", seal.unlock, name="seal_unlock"),
    path("verwaltung/siegel/sperren/", seal.lock, name="seal_lock"),
    path("verwaltung/siegel/erneuern/", seal.renew, name="seal_renew"),
    path("verwaltung/siegel/zeitstempeldienst/", seal.authority, name="seal_authority"),
    path("verwaltung/siegel/ausser-betrieb/", seal.stop, name="seal_stop"),
    path("verwaltung/seiten/", pages.pages, name="pages"),
    path("verwaltung/seiten/<legalpage:kind>/<pagelanguage:language>/", pages.page, name="page"),
    path("verwaltung/personen/", people.people, name="people"),
    path("verwaltung/personen/einladen/", people.invite, name="invite"),
    path("verwaltung/personen/einladungen/<int:pk>/", people.invitation, name="invitation"),
    path("verwaltung/personen/<int:pk>/", people.person, name="person"),
    path("verwaltung/recht/", rules.rules, name="rules"),
    path("verwaltung/recht/uebernehmen/", rules_change.begin, name="rules_begin"),
    path("verwaltung/recht/verlauf/", rules.history, name="rules_history"),
    path("verwaltung/recht/vorschlag/<profile:profile>/", rules.proposal, name="rules_proposal"),
    path("verwaltung/recht/vorschlag/<profile:profile>/entscheiden/", rules_change.decide, name="rules_decide"),
    path("verwaltung/recht/regel/<rulekey:key>/", rules.rule, name="rule"),
    path("verwaltung/recht/regel/<rulekey:key>/eintragen/", rules_change.change, name="rule_change"),
    path("verwaltung/recht/eigene/<int:pk>/aendern/", rules_change.change_own, name="own_rule_change"),
    path("verwaltung/recht/eigene/<int:pk>/beenden/", rules_change.end_own, name="own_rule_end"),
    path("verwaltung/protokollierung/", audit.trail, name="audit"),
    path("verwaltung/protokollierung.csv", audit.export_csv, name="audit_csv"),
    path("verwaltung/protokollierung.jsonl", audit.export_json_lines, name="audit_jsonl"),
    path("betrieb/", operations.operations, name="operations"),
    path("betrieb/kommunen/", operations.new_body, name="new_body"),
    path("betrieb/vorgaenge/<int:pk>/", operations.retry, name="retry"),
    path("einrichten/", first_run.first_run, name="first_run"),
]

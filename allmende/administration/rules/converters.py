"""Rules and profiles in addresses."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from allmende.lib.legalcalendar.keys import KEYS
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.profiles import FEDERAL


class RuleKey(StringConverter):
    regex = "[a-z_.]+"

    def to_python(self, value: str) -> str:
        """Raises ValueError, which Django takes as 'no such address'."""
        if value not in KEYS:
            raise ValueError(value)
        return value


class ProfileName(StringConverter):
    """'bund' for the federal rules, else the letters of the Land in lower case."""

    regex = "bund|" + "|".join(land.value.lower() for land in Land)

    def to_python(self, value: str) -> str:
        return FEDERAL if value == "bund" else value.upper()

    def to_url(self, value: str) -> str:
        return "bund" if value == FEDERAL else value.lower()


register_converter(RuleKey, "rulekey")
register_converter(ProfileName, "profile")

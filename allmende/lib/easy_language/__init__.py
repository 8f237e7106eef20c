"""What a program can see of the rules for Easy language: Anlage 2 Teil 2 BITV 2.0 (to § 3 Abs. 2), nos. 1, 4, 5, 6 and 10.

Nothing here says that a text is easy: that is for people who need it to say. The findings point at places worth a second look.
Pure functions: no Django.
"""

from allmende.lib.easy_language.findings import Finding, Rule, findings, message
from allmende.lib.easy_language.sentences import one_a_line, split

__all__ = ["Finding", "Rule", "findings", "message", "one_a_line", "split"]

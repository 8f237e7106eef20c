"""Archive time stamps of logs: docs/log.md, section 14; docs/adr/0017-evidence.md.

stamping   the chore that makes the next one
health     what `allmende check` says
selectors  the list, and the file
"""

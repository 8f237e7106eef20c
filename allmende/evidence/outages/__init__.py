"""What is known about the public pages answering. What it cannot see: docs/adr/0017-evidence.md.

beating    the sign of life that the worker gives once a minute
measuring  asking the public address, from here
selectors  outages of a period, and whether it was watched
health     what `allmende check` says
"""

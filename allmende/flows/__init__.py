"""Acts that cross modules, one folder each. Modules do not know each other: they put a row into the outbox, and the table of handlers
(settings) names the flow that does the rest.
"""

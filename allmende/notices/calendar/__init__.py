"""The legal calendar of a notice: what follows from its day, what stands in the way, and what has to be done.

Computed while writing and for the decision (`outlook`), for the printed day at sealing (`sealing`), and for the moment itself
at provision (`provision`), always from the same facts and, from approval on, from the same rules (docs/adr/0013).
"""

"""Publication law as data, and the days that follow from it.

`days` counts by §§ 187 to 193 BGB, `places` knows the holidays, `profiles` reads what was found out about the law of each Land
and of the federation, `overlay` lays a body's own rules over it, `computation` turns a notice and these rules into days with
reasons, `duties` lists what has to be done besides. Pure functions: no Django, no clock, no network.
"""

"""The page that local law names, where it is not ours: fetched by the worker, to see whether it shows the way to what is published.

VGH Baden-Württemberg, 27.2.2024, 2 S 518/23: where the area is not to be recognised there, the by-law is void.
"""

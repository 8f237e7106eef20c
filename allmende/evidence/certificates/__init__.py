"""Certificates of publication (Bekanntmachungsnachweise): docs/adr/0017-evidence.md.

kinds      what a kind of record adds
facts      everything that is stored and stated
page       the statement as an official page
services   asking for one; erasing
making     the worker's part
selectors  the list of a record, and whether a file is one of ours
"""

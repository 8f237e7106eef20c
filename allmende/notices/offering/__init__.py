"""Offered to the archive before erasure, where archive law or the body wants it (docs/adr/0019). Nothing public waits for it."""

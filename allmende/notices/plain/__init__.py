"""Explanations of notices: Easy language, Plain language, sign language, and what a notice means for its readers (docs/adr/0018)."""

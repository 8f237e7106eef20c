"""Files beside the text of a notice: sources of the wording, public attachments, the scan of the original (docs/adr/0015)."""

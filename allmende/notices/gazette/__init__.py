"""The gazette: numbered issues with notices of several bodies, sealed as one, sent to readers and printer (docs/adr/0016)."""

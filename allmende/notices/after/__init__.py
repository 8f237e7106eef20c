"""What can happen to a notice after its publication: corrected, renewed, healed; taken down; erased. Nothing changes in place."""

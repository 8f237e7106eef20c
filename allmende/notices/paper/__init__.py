"""The paper world of a notice: hints, duties to send, boards, print-outs (docs/adr/0016-paper-and-tasks.md)."""

"""Witnessing by C2SP tlog-witness: this installation cosigns logs of others, and asks others to cosign its own.

errors    what stands in the way, with the sentence that says what to do
own       what belongs to this installation and therefore never counts
services  whom to ask, whose log to cosign
cosigning the witness: compare and set, then the signature
asking    the log: ask each witness after a new checkpoint (worker)
renewing  proof bundles gain what came (worker)
command   `allmende log witness`
"""

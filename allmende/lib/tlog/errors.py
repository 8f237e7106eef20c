"""The one error of this package."""


class TlogError(ValueError):
    """Something is not what the formats demand, or does not follow from what it claims to follow from.

    `code` is stable and made for programs; `detail` is for people who repair things. The codes:

    encoding            not UTF-8, a control character, base64 or a decimal number that is not canonical
    malformed           a line is missing, superfluous or out of place
    too_long            more bytes, lines or signatures than a reader accepts
    bad_key             a verifier or signer key that contradicts itself, or a name that no key may have
    unknown_key_type    a key of a type that this package does not speak
    ambiguous_key       two different known keys share name and key ID
    bad_signature       a known key, but not its signature
    no_known_signature  no signature of a known key
    bad_proof           an inclusion or consistency proof that does not prove it
    bad_range           an index or size outside the tree
    missing             a file of the log is not there
    damaged             a file of the log contradicts another one or the expected root
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail

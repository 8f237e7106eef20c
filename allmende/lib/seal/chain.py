"""The path from a certificate to its issuer: RFC 5280 at a past moment, without any trust store and without fetching."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime


def path_problem(path: Sequence[bytes], *, at: datetime) -> str:
    """Why the path is not valid at the moment; empty when it is.

    `path` is DER: the certificate, its issuer, … The last one is taken as the anchor: whether it deserves trust is not asked here.
    Names, signatures, validity, constraints, key usage and unknown critical extensions are checked; revocation is not
    (see `revocation`). The anchor's own validity and, when it is self-issued, its own signature count as well.
    """
    import asyncio

    from asn1crypto import x509
    from cryptography import x509 as pyca
    from pyhanko_certvalidator.authority import CertTrustAnchor
    from pyhanko_certvalidator.context import ValidationContext
    from pyhanko_certvalidator.errors import PathError, ValidationError
    from pyhanko_certvalidator.path import ValidationPath
    from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule
    from pyhanko_certvalidator.validate import async_validate_path

    from .certificate import issued_by

    if len(path) < 2:
        return "the issuer's certificate is missing"
    anchor = pyca.load_der_x509_certificate(path[-1])
    if not anchor.not_valid_before_utc <= at <= anchor.not_valid_after_utc:
        return "the anchor is not valid at that time"
    if anchor.issuer == anchor.subject and not issued_by(anchor, anchor):
        return "the anchor's own signature is invalid"
    never = RevocationCheckingPolicy(RevocationCheckingRule.NO_CHECK, RevocationCheckingRule.NO_CHECK)
    certificates = [x509.Certificate.load(der) for der in path]
    context = ValidationContext(
        trust_roots=[certificates[-1]],
        other_certs=certificates[:-1],
        moment=at,
        allow_fetching=False,
        revinfo_policy=CertRevTrustPolicy(never),
    )
    way = ValidationPath(CertTrustAnchor(certificates[-1]), reversed(certificates[1:-1]), certificates[0])
    unknown = certificates[0].critical_extensions - {"basic_constraints", "key_usage", "extended_key_usage", "certificate_policies"}
    if unknown:
        return f"unknown critical extensions: {', '.join(sorted(unknown))}"
    try:
        asyncio.run(async_validate_path(context, way))
    except (PathError, ValidationError, ValueError, TypeError, KeyError) as error:
        return str(error) or type(error).__name__
    return ""

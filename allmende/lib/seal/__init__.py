"""Electronic seals on PDF files: PAdES B-T that keeps PDF/A-2a and PDF/UA-1, time stamps by RFC 3161, examination offline.

A caller keeps a `SealKey` (such as `load_pkcs12` gives), an authority (`HttpAuthority`) and the authority's certificates, and calls
`seal_pdf`; everything in the `SealedPdf` is published. Anybody calls `examine` with it. No trust store is ever asked: whether
the last certificate of a path deserves trust is said by people, not by this package.
"""

from .asking import Places, places_of, question, to_ask_about, usable_until
from .authority import DEMO_POLICY, DemoAuthority, authority_application, serve_authority
from .certificate import CertificateFacts, facts_of
from .demo import DemoCa, DemoIdentity, make_demo_authority, make_demo_seal
from .errors import (
    ChainIncomplete,
    ClockOff,
    NotASealCertificate,
    PdfUnsuitable,
    RevocationUnusable,
    SealError,
    SealExpired,
    SealNotProvable,
    SealNotYetValid,
    SealRevoked,
    SealTooCostly,
    SealUnreadable,
    StampReason,
    TimeStampFailed,
    WrongPassword,
)
from .examination import SealProblem, SealReport, examine, examine_alone
from .http import HttpAuthority, fetch_answer, fetch_crl
from .issuer import DemoIssuer, serve_issuer
from .key import Pkcs12Seal, SealKey, SignatureAlgorithm, load_pkcs12, load_pkcs12_limited
from .level import DEMO_MARK, TRUSTED_LIST_REMARK, SealLevel, level_of
from .limited import examine_limited
from .revocation import is_declared, issued_at, read_revocation
from .sealing import SealedPdf, revocation_for, seal_pdf, stamp_data, try_authority
from .timestamp import TimeStamp, TimeStampAuthority, check_token

__all__ = [
    "DEMO_MARK",
    "DEMO_POLICY",
    "TRUSTED_LIST_REMARK",
    "CertificateFacts",
    "ChainIncomplete",
    "ClockOff",
    "DemoAuthority",
    "DemoCa",
    "DemoIdentity",
    "DemoIssuer",
    "HttpAuthority",
    "NotASealCertificate",
    "PdfUnsuitable",
    "Pkcs12Seal",
    "Places",
    "RevocationUnusable",
    "SealError",
    "SealExpired",
    "SealKey",
    "SealLevel",
    "SealNotProvable",
    "SealNotYetValid",
    "SealProblem",
    "SealReport",
    "SealRevoked",
    "SealTooCostly",
    "SealUnreadable",
    "SealedPdf",
    "SignatureAlgorithm",
    "StampReason",
    "TimeStamp",
    "TimeStampAuthority",
    "TimeStampFailed",
    "WrongPassword",
    "authority_application",
    "check_token",
    "examine",
    "examine_alone",
    "examine_limited",
    "facts_of",
    "fetch_answer",
    "fetch_crl",
    "is_declared",
    "issued_at",
    "level_of",
    "load_pkcs12",
    "load_pkcs12_limited",
    "make_demo_authority",
    "make_demo_seal",
    "places_of",
    "question",
    "read_revocation",
    "revocation_for",
    "seal_pdf",
    "serve_authority",
    "serve_issuer",
    "stamp_data",
    "to_ask_about",
    "try_authority",
    "usable_until",
]

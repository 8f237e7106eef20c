"""Revocation lists (RFC 5280, 5) and OCSP answers (RFC 6960) that travel with a seal: each must be genuine, fit, and be needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from .certificate import UNREADABLE, issued_by
from .der import is_der

WITHOUT_END = timedelta(hours=1)
"""How long an answer counts that does not say until when, because its responder always has a newer one (RFC 6960, 2.4)."""


class Unusable(ValueError):
    """A list or answer that is not DER, not genuine, or not valid for the moment."""


class Irrelevant(ValueError):
    """A list or answer about none of the certificates, or one too many."""


@dataclass(slots=True)
class Findings:
    """What the data says about the paths: (index of path, index of certificate) that are revoked or known to be good."""

    revoked: set[tuple[int, int]] = field(default_factory=set)
    good: set[tuple[int, int]] = field(default_factory=set)
    unusable: list[str] = field(default_factory=list)
    irrelevant: list[str] = field(default_factory=list)


def is_declared(certificate: bytes) -> bool:
    """Whether the issuer names a place for revocation data, so that a proof without any would be incomplete."""
    extensions = x509.load_der_x509_certificate(certificate).extensions
    for extension in extensions:
        if isinstance(extension.value, x509.CRLDistributionPoints):
            return True
        if isinstance(extension.value, x509.AuthorityInformationAccess) and any(
            access.access_method == AuthorityInformationAccessOID.OCSP for access in extension.value
        ):
            return True
    return False


def read_revocation(revocation: Sequence[bytes], paths: Sequence[Sequence[bytes]], *, at: datetime) -> Findings:
    """Read every DER list or answer against the paths at the moment.

    A revocation after the moment does not touch what was sealed before. Lists issued later than the moment count, unless
    they come from after the end of the certificate, when its issuer may have dropped it.
    """
    findings = Findings()
    loaded = [[x509.load_der_x509_certificate(der) for der in path] for path in paths]
    covered: set[tuple[int, int]] = set()
    for number, data in enumerate(revocation):
        try:
            said = list(_read(data, loaded, at))
        except Unusable as error:
            findings.unusable.append(f"{number}: {error}")
            continue
        except Irrelevant as error:
            findings.irrelevant.append(f"{number}: {error}")
            continue
        except UNREADABLE as error:
            # Lists are read lazily: nonsense inside shows only when it is looked at.
            findings.unusable.append(f"{number}: {error}")
            continue
        places = {place for place, _ in said}
        if not places - covered:
            findings.irrelevant.append(f"{number}: nothing that another one does not say")
        covered |= places
        findings.revoked |= {place for place, revoked in said if revoked}
        findings.good |= {place for place, revoked in said if not revoked}
    return findings


def ends_at(data: bytes) -> datetime | None:
    """Until when a DER list or answer counts, by its own account. Raises ValueError and its like when it is neither."""
    try:
        return x509.load_der_x509_crl(data).next_update_utc
    except (ValueError, TypeError, UnsupportedAlgorithm):
        answer = ocsp.load_der_ocsp_response(data)
        return answer.next_update_utc or answer.this_update_utc + WITHOUT_END


def issued_at(data: bytes) -> datetime:
    """When a DER list or answer was made, by its own account. Raises as `ends_at`."""
    try:
        return x509.load_der_x509_crl(data).last_update_utc
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return ocsp.load_der_ocsp_response(data).this_update_utc


def _read(data: bytes, paths: list[list[x509.Certificate]], at: datetime) -> Iterator[tuple[tuple[int, int], bool]]:
    try:
        crl = x509.load_der_x509_crl(data)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        yield from _read_answer(data, paths, at)
        return
    if crl.public_bytes(serialization.Encoding.DER) != data or not is_der(data):
        raise Unusable("not DER")
    found = False
    for path_number, path in enumerate(paths):
        for number, (certificate, issuer) in enumerate(pairwise(path)):
            if issuer.subject != crl.issuer:
                continue
            _check_list(crl, issuer, certificate, at)
            found = True
            entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
            yield (path_number, number), entry is not None and entry.revocation_date_utc <= at
    if not found:
        raise Irrelevant("a list of another issuer")


def _check_list(crl: x509.CertificateRevocationList, issuer: x509.Certificate, certificate: x509.Certificate, at: datetime) -> None:
    key = issuer.public_key()
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise Unusable("kind of key")
    try:
        genuine = crl.is_signature_valid(key)
    except (UnsupportedAlgorithm, ValueError, TypeError) as error:
        raise Unusable(str(error)) from error
    if not genuine or not _may_sign_lists(issuer):
        raise Unusable("signature")
    _check_times(crl.last_update_utc, crl.next_update_utc, certificate, at)
    try:
        extensions = list(crl.extensions)
        entries = [extension for entry in crl for extension in entry.extensions]
    except ValueError as error:
        raise Unusable(str(error)) from error
    for extension in extensions:
        value = extension.value
        if isinstance(value, x509.IssuingDistributionPoint):
            partial = value.only_contains_ca_certs or value.only_contains_attribute_certs or value.only_some_reasons or value.indirect_crl
            if partial or (value.full_name and not _names_point(certificate, value.full_name)):
                raise Irrelevant("a list for other certificates")
        elif extension.critical:
            # A delta list is marked by a critical extension; alone it proves nothing.
            raise Unusable("an unknown critical extension")
    if any(extension.critical and not isinstance(extension.value, x509.CRLReason) for extension in entries):
        raise Unusable("an unknown critical extension of an entry")


def _check_times(begin: datetime, until: datetime | None, certificate: x509.Certificate, at: datetime) -> None:
    if until is None or until < at:
        raise Unusable("outdated")
    if begin > certificate.not_valid_after_utc:
        raise Unusable("from after the end of the certificate")


def _names_point(certificate: x509.Certificate, names: Sequence[x509.GeneralName]) -> bool:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return False
    return any(name in names for point in points for name in point.full_name or ())


def _may_sign_lists(issuer: x509.Certificate) -> bool:
    try:
        return issuer.extensions.get_extension_for_class(x509.KeyUsage).value.crl_sign
    except x509.ExtensionNotFound:
        return True


def _read_answer(data: bytes, paths: list[list[x509.Certificate]], at: datetime) -> Iterator[tuple[tuple[int, int], bool]]:
    try:
        answer = ocsp.load_der_ocsp_response(data)
        if answer.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise Unusable("no successful answer")
        responses = list(answer.responses)
        responders = answer.certificates
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        if isinstance(error, Unusable):
            raise
        raise Unusable("neither a list nor an answer") from error
    if not is_der(data) or len(responses) != 1 or len(responders) > 1:
        raise Unusable("not DER, or more than one answer")
    single = responses[0]
    found = False
    for path_number, path in enumerate(paths):
        for number, (certificate, issuer) in enumerate(pairwise(path)):
            if single.serial_number != certificate.serial_number or not _is_about(single, issuer):
                continue
            _check_answer(answer, responders, issuer)
            _check_times(single.this_update_utc, single.next_update_utc or single.this_update_utc + WITHOUT_END, certificate, at)
            if single.certificate_status == ocsp.OCSPCertStatus.UNKNOWN:
                raise Unusable("the issuer does not know the certificate")
            found = True
            revoked_at = single.revocation_time_utc
            yield (path_number, number), revoked_at is not None and revoked_at <= at
    if not found:
        raise Irrelevant("an answer about another certificate")


def _is_about(single: ocsp.OCSPSingleResponse, issuer: x509.Certificate) -> bool:
    try:
        request = ocsp.OCSPRequestBuilder().add_certificate(issuer, issuer, single.hash_algorithm).build()
    except ValueError:
        return False
    # The request asks about the issuer as if it had issued itself: only its hashes of key and name are looked at. The name is
    # that of the issuer's subject, which is what an answer about its certificates carries.
    return request.issuer_key_hash == single.issuer_key_hash and request.issuer_name_hash == single.issuer_name_hash


def _check_answer(answer: ocsp.OCSPResponse, responders: list[x509.Certificate], issuer: x509.Certificate) -> None:
    signer = issuer
    if responders and responders[0] != issuer:
        signer = responders[0]
        try:
            purposes = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except x509.ExtensionNotFound as error:
            raise Unusable("the responder may not answer") from error
        produced = answer.produced_at_utc
        if ExtendedKeyUsageOID.OCSP_SIGNING not in purposes or not issued_by(signer, issuer):
            raise Unusable("the responder may not answer")
        if not signer.not_valid_before_utc <= produced <= signer.not_valid_after_utc:
            raise Unusable("the responder's certificate was not valid")
    key, digest = signer.public_key(), answer.signature_hash_algorithm
    if not isinstance(digest, hashes.SHA256 | hashes.SHA384 | hashes.SHA512):
        raise Unusable("digest")
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(digest))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), digest)
        else:
            raise Unusable("kind of key")
    except InvalidSignature as error:
        raise Unusable("signature") from error

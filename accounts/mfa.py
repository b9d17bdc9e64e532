"""Secrets of authenticator apps and recovery codes rest encrypted: a stolen database copy opens no account."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12  # NIST SP 800-38D, section 5.2.1.1


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        return urlsafe_b64encode(nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises InvalidTag when neither SECRET_KEY nor one of SECRET_KEY_FALLBACKS made this text."""
        sealed = urlsafe_b64decode(encrypted_text)
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            try:
                return _cipher(secret).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode()
            except InvalidTag:
                continue
        raise InvalidTag


@lru_cache(maxsize=8)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=None, info=b"volubilis: second factors").derive(secret.encode()))

"""One believable context per kind of mail; the values are Latin and Arabic, for both directions."""

from datetime import UTC, date, datetime

WHEN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CHANGE = {"timestamp": WHEN, "ip": "192.0.2.7", "user_agent": "Mozilla/5.0 (X11; Linux x86_64)"}
PAGE = {"name": "Amina El Fassi", "page_url": "/fr/accounts/login/"}
EDIT = {"name": "أمينة الفاسي", "edit_url": "/fr/accounts/settings/"}
CONTACT = {"page": "أمينة الفاسي", "url": "/fr/accounts/login/"}
LETTER = {"sender": "Karim Idrissi (Atlas Vert)", "purpose": "Partnership", "message": "Hello,\nتحية طيبة،\nan oasis."}
COMMENTS = {"comments": [("Headline", "Name the field."), ("السيرة", "أضيفوا سنة البداية.\nوالمكان.")]}

NEED = {
    "name": "Amina El Fassi",
    "need": "Faire un compost des grignons d’olive",
    "deadline": date(2026, 12, 15),
    "url": "/fr/accounts/login/",
}

CONTEXTS = {
    "email_confirmation_signup": {"activate_url": "/fr/accounts/confirm-email/KEY/"},
    "email_confirmation": {"activate_url": "/fr/accounts/confirm-email/KEY/"},
    "email_changed": {"from_email": "old@example.org", "to_email": "new@example.org", **CHANGE},
    "email_deleted": {"deleted_email": "old@example.org", **CHANGE},
    "account_already_exists": {"password_reset_url": "/fr/accounts/password/reset/"},
    "unknown_account": {"email": "nobody@example.org", "signup_url": "/fr/accounts/signup/"},
    "login_code": {"code": "ABCD-EFGH"},
    "password_reset_key": {"password_reset_url": "/fr/accounts/password/reset/"},
    "password_reset": CHANGE,
    "password_changed": CHANGE,
    "password_set": CHANGE,
    "totp_activated": CHANGE,
    "totp_deactivated": CHANGE,
    "webauthn_added": CHANGE,
    "webauthn_removed": CHANGE,
    "recovery_codes_generated": CHANGE,
    "recovery_code_used": CHANGE,
    "submission_received": EDIT | {"number": 364},
    "submission_waiting": {"name": "Amina El Fassi", "kind": "Expert", "review_url": "/fr/admin/"},
    "submission_approved": PAGE,
    "submission_partly_approved": {**PAGE, **EDIT, **COMMENTS},
    "changes_requested": {**EDIT, **COMMENTS},
    "submission_refused": {**EDIT, "reason": "Outside the network's field", "text": "We publish\npeople only."},
    "account_closed": {"address": "amina@example.org"},
    "account_erased": {"address": "amina@example.org", "reason": "At your request"},
    "account_deactivated": {"reason": "Complaints\nوشكايات"},
    "entry_hidden": {"name": "Amina El Fassi", "reason": "At your request"},
    "entry_restored": PAGE,
    "entry_rolled_back": {
        "name": "أمينة الفاسي",
        "reason": "A third person asked for it",
        "day": WHEN,
        "overview_url": "/fr/accounts/settings/",
    },
    "organization_invitation": {
        "organization": "Atlas Vert",
        "inviter": "Karim Idrissi",
        "url": "/fr/accounts/login/",
        "expires": WHEN,
    },
    "join_request": {"person": "كريم الإدريسي", "organization": "Atlas Vert", "url": "/fr/accounts/login/"},
    "join_accepted": {"organization": "Atlas Vert"},
    "join_declined": {"organization": "Atlas Vert"},
    "contact_confirmation": {**CONTACT, "confirm_url": "/fr/accounts/login/"},
    "contact_request": {**CONTACT, **LETTER, "wanted_by": WHEN.date(), "expires": WHEN},
    "contact_stopped": CONTACT,
    "contact_accepted": {**CONTACT, "address": "amina@example.org", "phone": "+212600000001"},
    "contact_shared": {**CONTACT, "sender": "Karim Idrissi", "address": "karim@example.org"},
    "contact_declined": {**CONTACT, "line": "Not this year.\nليس هذه السنة."},
    "contact_expired": {**CONTACT, "names": ["Nadia Tazi", "نجاة الوزاني"]},
    "contact_reply": {**CONTACT, "writer": "Karim Idrissi", "text": "When?\nمتى؟"},
    "participation_request": {
        "asker": "Karim Idrissi",
        "project": "Oasis 2030",
        "role": "Researcher",
        "url": "/fr/accounts/login/",
    },
    "need_proposed": {**NEED, "others": ["مواكبة تعاونية نسائية", "Former trois élus"]},
    "need_reminder": {**NEED, "others": []},
    "need_interest": {
        "need": "Composter des grignons",
        "name": "أمينة الإدريسي",
        "words": "Disponible en mars.",
        "url": "/fr/accounts/login/",
    },
    "need_outcome": {"need": "Composter des grignons", "name": "أمينة الإدريسي", "url": "/fr/accounts/login/"},
    "need_unfinished": {"need": "Composter des grignons", "url": "/fr/accounts/login/"},
    "team_invitation": {"inviter": "Karim Idrissi", "roles": "المراجعة", "url": "/fr/accounts/login/", "expires": WHEN},
    "team_roles_changed": {"roles": "Relecture", "until": WHEN},
    "team_left": {"reason": "End of the internship\nشكرا"},
    "team_factor_reset": {"by": "كريم الإدريسي"},
}

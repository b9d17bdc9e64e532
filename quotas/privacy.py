from core.privacy import Impersonal

DECLARATIONS = [
    Impersonal("quotas.DeedCount", "how often something was done, under a keyed hash that names nobody; gone with its window")
]

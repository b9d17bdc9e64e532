from core.privacy import Impersonal

DECLARATIONS = [Impersonal("jobs.Run", "what the portal did by itself, in counts")]

"""How long a test waits for what must come, in seconds: so long that only a fault uses it up, on however busy a machine."""

PATIENCE = 300

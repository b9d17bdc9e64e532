#!/usr/bin/env python3
"""`python3 manage.py up` serves the portal with its demo network, `python3 manage.py test` runs the tests.

Every other command is Django's. Nothing from outside the standard library is imported before bootstrap.ensure().
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit("Volubilis needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

from devtools import bootstrap, local
from devtools.errors import SetupError

WITHOUT_DATABASE = {"help", "--help", "-h", "version", "--version"}


def main() -> int:
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    bootstrap.ensure(dev=command in {"test", "bench"})
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "volubilis.settings")
    local.lift_time_limit(command)
    if command == "up":
        from devtools import up

        return up.main(sys.argv[2:])
    if command == "test":
        from devtools import testing

        return testing.main(sys.argv[2:])

    from django.core.management import execute_from_command_line

    if command in WITHOUT_DATABASE:
        print("python3 manage.py up      serve the portal with its demo network\npython3 manage.py test    run the tests\n")
        execute_from_command_line(sys.argv)
        return 0
    with local.environment():
        execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetupError as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        sys.exit(130)

"""How the settings recognise the embedded database server of development and tests. Standard library only."""

from pathlib import Path

# Short and not $TMPDIR: the address of a Unix socket has at most 107 bytes.
SOCKETS = Path("/tmp")  # noqa: S108  (the folders in it are private, see devtools.postgres.private_folder)
SOCKET_PREFIX = "vpg-"


def is_embedded(host: str) -> bool:
    """Whether this database host is a socket folder that belongs to a server started by `devtools.postgres`."""
    folder = Path(host)
    socket_folder = folder.parent if folder.name == "socket" else folder
    return folder.is_absolute() and socket_folder.parent == SOCKETS and socket_folder.name.startswith(SOCKET_PREFIX)

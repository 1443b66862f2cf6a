"""A Hub on loopback that behaves as API.md says, and misbehaves on demand."""

from tests.hubserver.faults import Fault
from tests.hubserver.recorded import RecordedDays
from tests.hubserver.server import HubServer
from tests.hubserver.wire import Request

__all__ = ["Fault", "HubServer", "RecordedDays", "Request"]

"""HTTP that leaves a record: every exchange, redacted, before its answer is used."""

from syncproof.transport.recorder import NullSink, Received, Recorder, RecordSink, Sent
from syncproof.transport.redaction import Redactor
from syncproof.transport.session import Answer, RecordingSession

__all__ = [
    "Answer",
    "NullSink",
    "Received",
    "RecordSink",
    "Recorder",
    "RecordingSession",
    "Redactor",
    "Sent",
]

"""Optional fields beyond those that are agreed."""

from typing import Any

from syncproof.defects.base import Json, Original, Variation
from syncproof.defects.harmless.areas import FLOW
from syncproof.defects.harmless.wire import Written, records

MORE: Json = {"_links": {"self": "/"}, "displayName": "für Menschen", "etag": None, "tags": []}


class MoreInAnswers(Written):
    """Each answer and each record in it has fields that nobody asked for."""

    id = "OK-EXT-01"
    citation = "Postel's law (RFC 1122, section 1.2.2): a reader ignores what it does not know"

    def rewritten(self, path: str, answer: Any) -> Any:
        for record in records(answer):
            record |= {name: MORE[name] for name in MORE.keys() - record.keys()}
        return answer


class Traced(Variation):
    """Each message carries the trace of a distributed call."""

    id = "OK-EXT-02"
    citation = "CloudEvents 1.0, Distributed Tracing Extension"
    requirements = FLOW
    system = "integration"
    policy = "carry"

    def replacement(self, original: Original, consumer: str, event: Json) -> list[Json]:
        trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        return [{**one, "traceparent": trace, "tracestate": ""} for one in original(consumer, event)]


class Partitioned(Variation):
    """Each message carries the key of its partition and the time of its recording, its members in another order."""

    id = "OK-EXT-03"
    citation = "CloudEvents 1.0, Partitioning Extension"
    requirements = FLOW
    system = "integration"
    policy = "carry"

    def replacement(self, original: Original, consumer: str, event: Json) -> list[Json]:
        more = {"partitionkey": event["subject"], "recordedtime": event["time"]}
        return [{**more, **dict(reversed(one.items()))} for one in original(consumer, event)]


class WithoutOptions(Variation):
    """Messages come without the attributes that they need not have."""

    id = "OK-EXT-04"
    citation = "contract event 1.0.0: dataschema and datacontenttype are optional"
    requirements = FLOW
    system = "integration"
    policy = "carry"

    def replacement(self, original: Original, consumer: str, event: Json) -> list[Json]:
        left_out = {"dataschema", "datacontenttype"}
        return [{name: one[name] for name in one if name not in left_out} for one in original(consumer, event)]

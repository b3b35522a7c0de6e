"""All tests of the conformance suite: ``from syncproof.conformance.suite import *`` brings them into a
module that has a fixture ``subject``."""

from syncproof.conformance import answers, broken, declared, roundtrips
from syncproof.conformance.answers import *  # noqa: F403
from syncproof.conformance.broken import *  # noqa: F403
from syncproof.conformance.declared import *  # noqa: F403
from syncproof.conformance.roundtrips import *  # noqa: F403

__all__ = []
__all__ += answers.__all__
__all__ += broken.__all__
__all__ += declared.__all__
__all__ += roundtrips.__all__

"""A system is ended and started again in the middle of a scenario, with the state that it left."""

from typing import TYPE_CHECKING

from syncproof.defects.base import Variation
from syncproof.defects.harmless.areas import DATES, LOTS, READS, WORK

if TYPE_CHECKING:
    from syncproof.defects.ground import Ground


class Restarted(Variation):
    """A base: ``which`` is started again between what is given and what is done."""

    citation = "a deployment or a reboot during the shift"
    which = ""
    at_most = 5

    def before_action(self, ground: "Ground") -> int:
        ground.restart(self.which)
        return 1


class PlanningRestarted(Restarted):
    """Planning is started again."""

    id = "OK-RST-01"
    which = "erp"
    requirements = READS


class ExecutionRestarted(Restarted):
    """Execution is started again, in the middle of a batch."""

    id = "OK-RST-02"
    which = "mes"
    requirements = WORK


class WarehouseRestarted(Restarted):
    """The warehouse is started again."""

    id = "OK-RST-03"
    which = "wms"
    requirements = LOTS


class QualityRestarted(Restarted):
    """The quality system is started again."""

    id = "OK-RST-04"
    which = "qms"
    requirements = LOTS


class IntegrationRestarted(Restarted):
    """The integration is started again, and goes on where it was."""

    id = "OK-RST-05"
    which = "integration"
    requirements = DATES

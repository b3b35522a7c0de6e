"""What the execution system answers, by subject."""

from syncproof.simulators.mes.api import equipment, materials, operations, records, scans

ROUTES = (
    *records.ROUTES,
    *operations.ROUTES,
    *materials.ROUTES,
    *equipment.ROUTES,
    *scans.ROUTES,
)

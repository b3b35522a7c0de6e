"""What the warehouse answers."""

from typing import Any

from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.routes import (
    INSTANT,
    QUANTITY,
    TEXT,
    Read,
    Route,
    Write,
    many,
    obj,
    one,
    optional,
    roles,
)
from syncproof.simulators.wms.api import goods, movements, orders

Json = dict[str, Any]

WAREHOUSE = roles("warehouse")
INSPECTORS = roles("quality_inspector", "quality_approver")
LOT = ("lot", "lot")
PURPOSE = {"type": "string", "enum": ["storage", movements.INSPECTION]}
DISPOSITION = {"type": "string", "enum": [holds.FREE, holds.HELD]}


def movers(body: Json) -> frozenset[str]:
    """Who may make a move: moves for inspection are for quality."""
    return INSPECTORS if isinstance(body, dict) and movements.purpose(body) == movements.INSPECTION else WAREHOUSE


ROUTES: tuple[Route, ...] = (
    Write(
        path="/lots", handler=goods.receive, summary="Receive a lot", roles=WAREHOUSE, bulk=True, about=("lot", "id"),
        body=obj(id=TEXT, item=TEXT, quantity=QUANTITY, site=TEXT, location=TEXT,
                 disposition=optional(DISPOSITION), expiry=optional(INSTANT)),
    ),
    Write(path="/allocations", handler=orders.allocate, summary="Reserve part of a lot for an order",
          roles=WAREHOUSE, bulk=True, about=LOT, body=obj(lot=TEXT, order=TEXT, quantity=QUANTITY)),
    Write(
        path="/issues", handler=orders.issue, summary="Issue part of a lot to an order", roles=WAREHOUSE, bulk=True,
        about=LOT, body=obj(order_id=TEXT, item=TEXT, lot=TEXT, quantity=QUANTITY, op_no=optional(TEXT)),
    ),
    Write(path="/moves", handler=movements.move, summary="Move part of a lot to another location", roles=movers,
          bulk=True, about=LOT, body=obj(lot=TEXT, to=TEXT, quantity=QUANTITY, purpose=optional(PURPOSE))),
    Write(path="/shipments", handler=movements.ship, summary="Ship part of a lot", roles=WAREHOUSE, bulk=True,
          about=LOT, body=obj(lot=TEXT, quantity=QUANTITY, destination=TEXT)),
    Write(path="/disposals", handler=movements.dispose, summary="Dispose of part of a lot", roles=WAREHOUSE,
          bulk=True, about=LOT, body=obj(lot=TEXT, quantity=QUANTITY)),
    Write(path="/scans", handler=goods.scan, summary="Read a barcode", roles=WAREHOUSE | INSPECTORS,
          needs_reason=False, about=("session", "barcode"), body=obj(barcode={"type": "string"})),
    Read(path="/stock", handler=goods.balances, summary="Where a lot is and what of it is free", required=("lot",),
         answer=many("stock")),
    Read(path="/orders", handler=orders.order, summary="An order and what drives it", required=("id",),
         answer=one("order")),
    Read(path="/requirements", handler=orders.required, summary="What an order requires", required=("order",),
         answer=many("requirement")),
)  # fmt: skip

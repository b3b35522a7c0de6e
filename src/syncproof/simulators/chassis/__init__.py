"""The anatomy that all simulated systems share; a system is a declaration on top of it.

A system package has ``rules`` (its named policies), ``api`` (its routes) and declares ``SYSTEM``::

    from dataclasses import dataclass
    from syncproof.simulators.chassis import holds
    from syncproof.simulators.chassis.errors import UNKNOWN, refuse
    from syncproof.simulators.chassis.routes import QUANTITY, TEXT, Answer, Read, Write, obj, optional, roles
    from syncproof.simulators.chassis.rules import Policy, Rules
    from syncproof.simulators.chassis.system import System

    @dataclass(frozen=True, kw_only=True)
    class WmsRules(Rules):                       # every decision is a field: ``ctx.rules.<name>(...)``
        stock_guard: Policy = stock.guard

    def allocate(ctx, body):                     # sync; one transaction; body passed roles, shape, reason
        lot = holds.require_unrestricted(ctx, body["lot"])      # or: holds.need, holds.find, holds.save
        ctx.rules.stock_guard(ctx, lot, body["quantity"])       # raise Refused / refuse(...) to refuse
        ctx.state.put("allocation", f"{lot['id']}|{body['order']}", body, ref=lot["id"])
        ctx.audit("lot", lot["id"], "allocate", field="allocated", old="0 KGM", new="1 KGM")
        ctx.emit("fact", f"lot/{lot['id']}", {"kind": "movement", ...})         # published on commit
        return None                              # or Answer(fields={...}), Answer("staged", reasons)

    ALLOCATE = Write(path="/allocations", handler=allocate, summary="Reserve a lot", roles=roles("warehouse"),
                     body=obj(lot=TEXT, order=TEXT, quantity=QUANTITY, note=optional(TEXT)),
                     about=("lot", "lot"), bulk=True)            # also makes POST /allocations/bulk
    STOCK = Read(path="/stock", handler=lambda ctx, query: {"items": [...]}, summary="Stock",
                 required=("lot",))
    SYSTEM = System(name="wms", product="Syncproof reference WMS", rules=WmsRules(), routes=(ALLOCATE, STOCK),
                    events={"order": take_order}, capabilities=frozenset({"warehouse.allocate"}))

``ctx`` has ``user``, ``now``/``at`` (business time, still during a request), ``reason``, ``bulk``,
``config``, ``state`` (``get``/``put``/``all``/``remove`` of documents), ``rules``, ``key(entity, text)``
(normal form of an identifier), ``effective(domain, id, site, at=None)`` and ``effective_state`` (with
change and approvals), ``audit``, ``emit``. A write that must ask another system first declares
``consult=async def (ctx, body)``: it may ``await ctx.call_peer("qms", "/eligibility", {"lot": ...})``
before the transaction; the handler finds what it returned in ``ctx.consulted``.
"""

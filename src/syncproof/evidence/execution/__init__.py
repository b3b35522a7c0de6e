"""The execution of protocols over several runs, and what people decide about it.

:mod:`.outline` says what a run came to, :mod:`.configuration` on what; :mod:`.acts` are decisions of people in the
ledger, :mod:`.rules` says which of them count; :mod:`.history` is both together up to a line of the ledger, and
:mod:`.items` how each scenario stands after it. :mod:`.decisions` enters a new act.
"""

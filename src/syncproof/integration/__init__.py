"""The reference integration: moves masters and facts from their owner to everybody else.

A process of its own. Each system that publishes events is long-polled, each that does not is polled
through the port ``ChangeFeed``. What came is stored first, then delivered to every other system in
the order in which it came, again and again until the system has answered. A promoted change is
activated only when every member is accepted by every system that takes its domain.

store     what came, who has it, what waits (SQLite; survives a restart)
feeds     reads the owners
delivery  one thread per consumer
gate      when a change may be activated
schedule  puts revisions into effect where a system has no effective dates
report    drift between owner and consumers, and why a change is still pending
"""

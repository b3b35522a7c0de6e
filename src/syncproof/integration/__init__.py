"""The reference integration: moves masters and facts from their owner to everybody else.

A process of its own. Each system that publishes events is long-polled, each that does not is asked
through the port ``ChangeFeed``. What came is stored first, then delivered to every other system in
the order in which it came, again and again until the system has answered. A promoted change is
activated only when every member is accepted by every system that takes its domain.

config    the configuration file
database  SQLite with transactions, shared by all threads
store     what came, who has it, what each system said of it
changes   which changes wait, and what is to be in effect where
worker    one thread for one piece of work that is never given up
feeds     reads the owners
delivery  one consumer: what came, in order
gate      when a change may be activated, and with which date
schedule  puts revisions into effect where a system has no effective dates
drift     where consumers differ from the owner
hub       puts these together
app       the HTTP surface, with ``control`` for tests

Every delivery is made at least once: what was sent but not answered when the process or the system
died is sent again. Systems that take events know an event again by its id; a system that is posted to
gets one thing at a time, so that at most the very last post can come twice.
"""

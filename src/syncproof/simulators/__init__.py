"""The reference systems: each a service in a process of its own, with its own state and rules."""

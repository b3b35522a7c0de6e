"""Features as tests: collection, guards, step lookup, execution, recording."""

"""Views of a record. Nothing here decides anything: it is all read from the pack."""

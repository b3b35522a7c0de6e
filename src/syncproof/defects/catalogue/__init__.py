"""Defects that were reported in public trackers, one module per theme, each as one replaced policy."""

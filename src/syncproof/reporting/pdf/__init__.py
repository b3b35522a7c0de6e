"""The documents of a pack as PDF/A-2b: the protocol execution record and the summary report."""

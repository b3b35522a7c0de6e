"""Holds many documents against a contract: streams them, names every mistake by line and pointer.

    target (which contract) → source (documents out of files) → judge (one verdict each) → run (the whole)

Memory does not grow with the number of documents; only the rules across documents keep the ids they met.
"""

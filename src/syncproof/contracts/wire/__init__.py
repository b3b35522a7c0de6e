"""Holds what was really sent against its contracts: every request, answer and event of a run.

:mod:`.surface` knows the operations of a system, :mod:`.watch` goes through exchanges.
"""

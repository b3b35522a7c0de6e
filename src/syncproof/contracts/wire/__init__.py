"""Holds what was really sent against its contracts: every request, answer and event of a run.

:mod:`.surface` knows the operations of a system, :mod:`.declared` what there is to exercise, :mod:`.feed` events, and
:mod:`.watch` goes through exchanges.
"""

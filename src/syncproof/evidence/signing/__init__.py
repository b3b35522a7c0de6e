"""Signatures: who put their name to a record, with what meaning, and when.

A person signs with a key of their own, unlocked by passphrase at that moment (checklist rows 30 to 35). What
is signed is the seal of the record; which keys are trusted, the auditor says, not the pack.
"""

"""Provider verification: each interaction with its states against a live system, and what came of it.

results   what came of an interaction
places    which system a file is about, and who asks it
over_http interactions as they are written
ports     our own interactions with systems whose HTTP is not ours
messages  what a system publishes
running   all interactions of a file
"""

"""Seeded defects, and the measure of what the scenarios catch of them.

base       what a defect is: one decision of one system, replaced
policies   what can be replaced, by name
registry   the defects there are: the catalogue's and a user's
catalogue  defects that were reported elsewhere, one module per theme
harmless   variations that are right all the same, one module per kind
switch     turns one on and off within a running system
answers    the answers of a system on their way out
serve      a system of the reference landscape with that switch
ground     the running landscape of one worker
restart    ends a system and starts it again with what it knew
background other people's work while scenarios run
errands    what they do
acting     what a variation does outside the systems: landscape, words of the scenario, steps, background
worker     a run of pytest that tries one defect after the other on one landscape
campaign   the baseline, then each defect alone, spread over workers
judging    what counts as detected
matrix     what came of it, for people and for programs

The clean systems know of nothing here.
"""

from syncproof.defects.base import Defect, Variation

__all__ = ["Defect", "Variation"]

"""Pact files (specification V2 to V4): read, compared, written.

node        a place in a file, and what is wrong there
records     what a file says
paths       the path expressions of matching rules
rules       matching rules, read from either form
formats     date and time patterns
matchers    what each matcher demands of one value
json_body, xml_body
            bodies compared under the rules that apply at each place
comparing   requests, responses and messages
generators  values that a provider state fills in
reading     files
writing     files, always V4

Written from the Pact specification (https://github.com/pact-foundation/pact-specification, MIT); where it
is silent, the reference implementation decides, against which the tests compare.
"""

from syncproof.contracts.pact.node import PactMistake
from syncproof.contracts.pact.reading import read, read_document

__all__ = ["PactMistake", "read", "read_document"]

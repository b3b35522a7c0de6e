@epic:block-test-1
Feature: Block test 1 - Revision
  Release a new revision with an effective date and prove that the shop floor
  can execute only the effective revision.

  Background:
    Given product "Cream" is in production

  @URS-REV-001
  Scenario Outline: Every system switches at the instant of the effective date
    Given revision B of "Cream" is released for <effective date>
    When business time is <business time>
    Then the recipe, routing and bom of "Cream" at <site> are revision <revision> in every system

    Examples: west of UTC, east of UTC, one second before, at and after the instant
      | effective date       | business time             | site | revision |
      | 2027-03-10T06:00:00Z | 2027-03-10T05:59:59Z      | EAST | A        |
      | 2027-03-10T06:00:00Z | 2027-03-10T07:00:00+01:00 | EAST | B        |
      | 2027-03-10T06:00:00Z | 2027-03-10T06:00:01Z      | EAST | B        |
      | 2027-03-10T06:00:00Z | 2027-03-10T00:59:59-05:00 | WEST | A        |
      | 2027-03-10T06:00:00Z | 2027-03-10T01:00:00-05:00 | WEST | B        |
      | 2027-03-10T06:00:00Z | 2027-03-10T06:00:01Z      | WEST | B        |

    Examples: site-local midnight, so that each site switches at its own midnight
      | effective date                 | business time             | site | revision |
      | 2027-03-10T00:00:00 local time | 2027-03-09T23:59:59+01:00 | EAST | A        |
      | 2027-03-10T00:00:00 local time | 2027-03-10T00:00:00+01:00 | EAST | B        |
      | 2027-03-10T00:00:00 local time | 2027-03-10T00:00:01+01:00 | EAST | B        |
      | 2027-03-10T00:00:00 local time | 2027-03-10T00:00:01+01:00 | WEST | A        |
      | 2027-03-10T00:00:00 local time | 2027-03-09T23:59:59-05:00 | WEST | A        |
      | 2027-03-10T00:00:00 local time | 2027-03-10T00:00:00-05:00 | WEST | B        |

    Examples: days on which the clocks change
      | effective date                 | business time             | site | revision |
      | 2027-03-28T02:30:00 local time | 2027-03-28T03:29:59+02:00 | EAST | A        |
      | 2027-03-28T02:30:00 local time | 2027-03-28T03:30:00+02:00 | EAST | B        |
      | 2027-03-28T02:30:00 local time | 2027-03-28T03:30:01+02:00 | EAST | B        |
      | 2027-10-31T02:30:00 local time | 2027-10-31T02:29:59+02:00 | EAST | A        |
      | 2027-10-31T02:30:00 local time | 2027-10-31T02:30:00+02:00 | EAST | B        |
      | 2027-10-31T02:30:00 local time | 2027-10-31T02:30:01+02:00 | EAST | B        |
      | 2027-03-14T02:30:00 local time | 2027-03-14T03:29:59-04:00 | WEST | A        |
      | 2027-03-14T02:30:00 local time | 2027-03-14T03:30:00-04:00 | WEST | B        |
      | 2027-11-07T01:30:00 local time | 2027-11-07T01:29:59-04:00 | WEST | A        |
      | 2027-11-07T01:30:00 local time | 2027-11-07T01:30:00-04:00 | WEST | B        |

    Examples: an instant within a minute, which is neither its start nor its end
      | effective date       | business time        | site | revision |
      | 2027-03-10T06:00:30Z | 2027-03-10T06:00:29Z | EAST | A        |
      | 2027-03-10T06:00:30Z | 2027-03-10T06:00:30Z | WEST | B        |

  @URS-REV-001
  Scenario Outline: What no operation names switches at its instant as well: <masters>
    Given revision B of the <masters> of "Cream" is released for 2027-03-10T06:00:00Z
    When business time is <business time>
    Then the <masters> of "Cream" at EAST are revision <revision> in every system

    Examples:
      | masters                      | business time        | revision |
      | label and test specification | 2027-03-10T05:59:59Z | A        |
      | label and test specification | 2027-03-10T06:00:00Z | B        |
      | material and uom             | 2027-03-10T05:59:59Z | A        |
      | material and uom             | 2027-03-10T06:00:00Z | B        |

  @URS-REV-002
  Scenario Outline: Only operations of the effective revision can be executed
    Given revision B of "Cream" replaces operation 20 by operation 25 from 2027-03-10T06:00:00Z
    And order "O1" for 100 C62 of "Cream" at <site> is released at <business time>
    And operation 10 of order "O1" is completed
    When operation <not effective> of order "O1" is attempted
    Then the attempt is refused because the operation is not in the effective routing
    And operation <effective> of order "O1" can be started

    Examples:
      | site | business time        | effective | not effective |
      | EAST | 2027-03-10T05:59:59Z | 20        | 25            |
      | EAST | 2027-03-10T06:00:00Z | 25        | 20            |
      | WEST | 2027-03-10T05:59:59Z | 20        | 25            |
      | WEST | 2027-03-10T06:00:01Z | 25        | 20            |

  @URS-REV-006
  Scenario Outline: The revision effective at an earlier or later instant can be asked for
    Given revision B of "Cream" is released for 2027-03-10T06:00:00Z
    When business time is 2027-05-01T00:00:00Z
    Then every system answers that revision <revision> of the recipe, routing and bom of "Cream" was effective at <site> at <instant>

    Examples:
      | site | instant              | revision |
      | EAST | 2027-03-10T05:59:59Z | A        |
      | EAST | 2027-03-10T06:00:00Z | B        |
      | WEST | 2027-02-01T00:00:00Z | A        |
      | WEST | 2027-04-30T23:59:59Z | B        |

  @URS-REV-009
  Scenario: A running batch keeps its revisions while the next revision takes effect
    Given revision B of "Cream" is released for 2027-03-10T06:00:00Z
    And order "O1" for 100 C62 of "Cream" at EAST is released at 2027-03-10T05:59:00Z
    And operation 10 of order "O1" is completed
    When business time is 2027-03-10T06:00:01Z
    And the remaining operations of order "O1" are completed
    Then order "O1" executed entirely under revision A
    And order "O1" keeps its masters and requirements in every system
    And the next order of "Cream" at EAST uses revision B

  @URS-REV-005
  Scenario: What a batch was started with is what every later document of its order names
    Given revision B of "Cream" is released for 2027-03-10T06:00:00Z
    And order "O1" for 100 C62 of "Cream" at EAST is released at 2027-03-10T05:59:59Z
    And operation 10 of order "O1" is completed
    When business time is 2027-03-10T06:00:00Z
    And the remaining operations of order "O1" are completed
    Then order "O1" stays with revision A in dispatch, batch record, confirmation and supply

  @URS-REV-001
  Scenario: An order released before the cutover and not yet started follows the cutover everywhere
    Given revision B of "Cream" is released for 2027-03-10T06:00:00Z
    And order "O1" for 100 C62 of "Cream" at WEST is released at 2027-03-10T05:59:59Z
    When business time is 2027-03-10T06:00:00Z
    Then planning and execution both drive order "O1" by revision B

  @URS-REV-008
  Scenario: The batches that a revision drove can be listed
    Given revision B of "Cream" is released for 2027-03-10T06:00:00Z
    And order "O1" for 100 C62 of "Cream" at EAST is executed at 2027-03-10T05:59:59Z
    And order "O2" for 100 C62 of "Cream" at WEST is executed at 2027-03-10T06:00:00Z
    When business time is 2027-05-01T00:00:00Z
    Then exactly order "O1" is listed as driven by revision A of the recipe, routing and bom of "Cream"
    And exactly order "O2" is listed as driven by revision B of the recipe, routing and bom of "Cream"

  @URS-REV-015
  Scenario: A recipe change without a controlled activation date never reaches execution
    Given revision B of "Cream" is submitted and not released
    When business time is 2028-01-01T00:00:00Z
    And order "O1" for 100 C62 of "Cream" at EAST is executed
    Then order "O1" executed entirely under revision A
    And the recipe, routing and bom of "Cream" at EAST are revision A in every system

@epic:back-out
Feature: Back-out to a prior revision
  It is possible to revert safely, with audit trail.

  Background:
    Given product "Cream" is in production
    And revision B of "Cream" is released for 2027-03-10T06:00:00Z
    And order "O1" for 100 C62 of "Cream" at EAST is executed at 2027-03-10T07:00:00Z

  @URS-BCK-001
  Scenario: The whole revision set is reverted and history stays as it was
    Given revision A of "Cream" is restored by a back-out for 2027-03-11T06:00:00Z
    When business time is 2027-03-11T06:00:00Z
    Then the whole revision set of "Cream" at EAST is revision A in every system
    And orders released now run under revision A
    And order "O1" executed entirely under revision B
    And the audit trail links the back-out to the change that it reverts

  @URS-BCK-001
  Scenario Outline: A back-out reverts every site: <site> at <business time>
    Given revision A of "Cream" is restored by a back-out for 2027-03-11T06:00:00 local time
    When business time is <business time>
    Then the whole revision set of "Cream" at <site> is revision <revision> in every system

    Examples:
      | site | business time             | revision |
      | WEST | 2027-03-11T05:59:59-05:00 | B        |
      | WEST | 2027-03-11T06:00:00-05:00 | A        |

  @URS-BCK-001
  Scenario: Until its date the back-out changes nothing
    Given revision A of "Cream" is restored by a back-out for 2027-03-11T06:00:00Z
    When business time is 2027-03-11T05:59:59Z
    Then the whole revision set of "Cream" at EAST is revision B in every system

  @URS-BCK-001
  Scenario: A back-out needs the same approvals as any change
    When a back-out of "Cream" to revision A without approvals is promoted
    Then the back-out is refused and revision B stays in effect

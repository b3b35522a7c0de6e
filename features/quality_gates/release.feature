@epic:quality-gates
Feature: Release gates
  Specifications, sampling plans and limits drive the release of lots.

  @URS-QLT-001
  Scenario: The specification is the same in every system
    Given product "Cream" is in production
    Then the test specification of "Cream" with sampling and limits is identical in every system

  @URS-QLT-001
  Scenario Outline: A lot is released only on results within the effective limits: <results>
    Given product "Cream" is in production
    And a produced lot "P1" of "Cream" at EAST is on hold for inspection
    When results <results> are recorded for lot "P1" and its release is asked for
    Then the release is <verdict> as the specification says

    Examples:
      | results                    | verdict  |
      | none                       | refused  |
      | of too few samples         | refused  |
      | at the lower limit         | accepted |
      | at the upper limit         | accepted |
      | just below the lower limit | refused  |
      | just above the upper limit | refused  |

  @URS-QLT-001
  Scenario Outline: Every characteristic gates the release at every site: <results> at <site>
    Given product "Cream" is in production
    And a produced lot "P1" of "Cream" at <site> is on hold for inspection
    When results <results> are recorded for lot "P1" and its release is asked for
    Then the release is <verdict> as the specification says

    Examples:
      | site | results                                  | verdict  |
      | WEST | none                                     | refused  |
      | WEST | at the upper limit                       | accepted |
      | WEST | just above the upper limit               | refused  |
      | EAST | beyond a limit of another characteristic | refused  |
      | EAST | none of another characteristic           | refused  |

  @URS-QLT-003
  Scenario: No result is taken for a lot that does not exist yet
    Given product "Cream" is in production
    When a result of a lot "P1" of "Cream" is recorded before the lot is produced
    Then the result is refused because the lot is unknown

  @URS-QLT-001
  Scenario: A new specification gates from its effective date
    Given product "Cream" is in production
    And test specification revision B of "Cream" with narrower limits is released for 2027-03-10T06:00:00Z
    And a produced lot "P1" of "Cream" at EAST is on hold for inspection
    And business time is 2027-03-10T06:00:00Z
    When results at the former lower limit are recorded for lot "P1" and its release is asked for
    Then the release is refused as the specification says

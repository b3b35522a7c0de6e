@epic:cutover
Feature: Dependency cutover
  Routing, recipe and BOM of one change take effect together or not at all.

  Background:
    Given product "Cream" is in production

  @URS-DEP-001
  Scenario Outline: Recipe, routing and bom switch together at <site>
    Given revision B of "Cream" is released for 2027-03-28T02:30:00 local time
    When business time is <business time>
    Then recipe, routing and bom of "Cream" at <site> are all of revision <revision> in every system

    Examples:
      | site | business time             | revision |
      | EAST | 2027-03-28T03:29:59+02:00 | A        |
      | EAST | 2027-03-28T03:30:00+02:00 | B        |
      | WEST | 2027-03-28T02:29:59-04:00 | A        |
      | WEST | 2027-03-28T02:30:00-04:00 | B        |

  @URS-SYN-003
  Scenario Outline: A change whose <missing> is missing does not take effect in part
    Given revision B of "Cream" is released for 2027-03-10T06:00:00Z while its <missing> is missing
    When business time is 2027-03-10T06:00:01Z
    Then no part of revision B of "Cream" at EAST is in effect in any system
    And all of revision B of "Cream" at EAST is in effect in every system once its <missing> arrives

    Examples:
      | missing |
      | recipe  |
      | routing |
      | bom     |

  @URS-SYN-003
  Scenario Outline: An activation that comes before the <missing> does not take effect in part
    Given revision B of "Cream" is released for 2027-03-10T06:00:00Z while its <missing> is missing
    When business time is 2027-03-10T06:00:00Z
    And the activation of that change reaches every system all the same
    Then no system takes the activation as long as it lacks the <missing>
    And no part of revision B of "Cream" at EAST is in effect in any system
    And all of revision B of "Cream" at EAST is in effect in every system once its <missing> arrives

    Examples:
      | missing |
      | recipe  |
      | routing |
      | bom     |

  @URS-DEP-002
  Scenario Outline: Dependencies are coordinated when masters come <pattern>
    Given the parts of revision B of "Cream" are submitted <pattern>
    And revision B of "Cream" takes effect on 2027-03-10T06:00:00Z
    When order "O1" for 100 C62 of "Cream" at EAST is released at 2027-03-10T06:00:00Z
    Then order "O1" is no orphan: every system drives it by the same complete revision set

    Examples:
      | pattern                       |
      | in one batch                  |
      | one by one                    |
      | one by one, in reverse order  |
      | after an outage of execution  |

  @URS-DEP-002
  Scenario: A bom that arrives before its new component waits for it
    When a bom revision B of "Cream" arrives before its new component "Spice"
    Then every receiver sets the bom aside and says which component is missing
    And every receiver takes the bom over once the component arrives
    And the bom of "Cream" at EAST is revision B in every system from 2027-03-10T06:00:00Z

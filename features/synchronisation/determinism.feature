@epic:synchronisation
Feature: Determinism under stress
  The stack behaves the same way each time master data is stressed.

  @URS-VLD-005
  Scenario Outline: Changes that arrive in any order lead to one state
    Given product "Cream" is in production
    When revisions B, C and D of "Cream" with dates of their own are released in the order <order>
    Then every system shows the same revision of "Cream" in effect before, at and after each date

    Examples:
      | order   |
      | B, C, D |
      | D, C, B |
      | C, D, B |

  @URS-VLD-004
  Scenario: A block test that is run again gives the same result
    When the revision block test is run three times, each with fresh masters
    Then each run gives the expected result

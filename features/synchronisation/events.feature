@epic:synchronisation
Feature: Synchronisation
  Masters stay aligned as a living system; events mean what their version says.

  @URS-SYN-004
  Scenario Outline: An event whose meaning is not known is not guessed at: <fault>
    Given product "Cream" is in production
    When a bom event of "Cream" with <fault> is delivered to every system
    Then every system rejects the event, keeps a receipt and changes nothing

    Examples:
      | fault                        |
      | an unknown version           |
      | an unknown type              |
      | a field of another meaning   |

  @URS-SYN-004
  Scenario: An event that is delivered twice has one effect
    Given product "Cream" is in production
    When a bom event of "Cream" is delivered twice to every system
    Then every system applied it once

  @URS-SYN-005
  Scenario: When the on-demand source is out, consumption stops safely
    Given product "Cream" needs 10 KGM of "Oil" per 100 C62
    And product "Cream" is in production
    And order "O1" for 100 C62 of "Cream" at EAST is released
    And lot "L1" of 50 KGM of "Oil" is in stock at EAST
    And operation 10 of order "O1" is started
    When the quality system is out and 1 KGM of lot "L1" is consumed for order "O1"
    Then the consumption is refused as long as eligibility cannot be confirmed
    And the consumption is accepted once the quality system is back

  @URS-SYN-007
  Scenario: Alignment is kept up, change after change
    Given product "Cream" is in production
    When revisions B, C, D and E of "Cream" are released one after another
    Then every system is aligned with each revision while it is in effect

  @URS-SIT-001
  Scenario: Recipe revisions do not drift between sites
    Given product "Cream" is in production
    And revision B of "Cream" is released for 2027-03-10T06:00:00Z
    When business time is 2027-03-10T06:00:00Z
    Then the recipe of "Cream" is the same revision with the same content at every site in every system

@epic:demo-script-c
Feature: Demo script C - Hold status enforcement
  Shown live: a hold, attempts to consume and to move, and the release.

  Background:
    Given product "Cream" needs 10 KGM of "Oil" per 100 C62
    And product "Cream" is in production
    And order "O1" for 100 C62 of "Cream" at EAST is released
    And lot "L1" of 50 KGM of "Oil" is in stock at EAST
    And operation 10 of order "O1" is started

  @URS-HLD-004
  Scenario: Attempted consumption of a held lot is refused across systems
    Given the lot of lot "L1" is on hold
    When consumption of lot "L1" for order "O1" is attempted by every verb, single
    Then every attempt to consume is refused because of the hold

  @URS-HLD-005
  Scenario: Attempted movement of a held lot is refused across systems
    Given the lot of lot "L1" is on hold
    When movement of lot "L1" is attempted by every verb, single
    Then every attempt to move is refused because of the hold

  @URS-HLD-006
  Scenario: After release the lot is eligible again, with audit evidence
    Given the lot of lot "L1" is on hold
    When the lot of lot "L1" is released
    Then every consuming and moving verb accepts lot "L1" again
    And the audit trail of lot "L1" shows the hold and the release with old, new, who, when and why

@epic:demo-script-a
Feature: Demo script A - Revision and effective date cutover
  Shown live: a new revision with a future effective date, an order before it
  and an order after it.

  Background:
    Given product "Cream" is in production
    And revision B of "Cream" is released for 2027-03-10T06:00:00Z

  @URS-REV-003
  Scenario: An order run before the effective date uses the prior revision
    When order "O1" for 100 C62 of "Cream" at EAST is executed at 2027-03-10T05:59:59Z
    Then order "O1" executed entirely under revision A

  @URS-REV-004 @URS-REV-005
  Scenario: An order run after the effective date uses the new revision and records it
    When order "O1" for 100 C62 of "Cream" at EAST is executed at 2027-03-10T06:00:00Z
    Then order "O1" executed entirely under revision B
    And the order records which revisions executed

  @URS-REV-013
  Scenario: The batch record stores the revisions used
    When order "O1" for 100 C62 of "Cream" at WEST is executed at 2027-03-10T06:00:01Z
    Then the batch record of order "O1" stores the revision of every master that drove it

@epic:change-control
Feature: Governed emergency path
  A time-bound exception that leaves an audit trail and is reviewed afterwards.

  Background:
    Given product "Cream" is in production
    And revision B of "Cream" is submitted and not released

  @URS-CHG-004
  Scenario: An emergency change within its authority takes effect and must be reviewed
    Given "release" has emergency authority for 60 minutes
    When an emergency change to revision B of "Cream" is promoted by "release" after 59 minutes
    Then the emergency change is effective, marked for review and in the audit trail

  @URS-CHG-004
  Scenario Outline: Emergency authority that is <state> opens nothing
    Given emergency authority of "<user>" is <state>
    When an emergency change to revision B of "Cream" is promoted by "<user>" after 0 minutes
    Then the emergency promotion is refused
    And revision B of "Cream" is in effect nowhere

    Examples:
      | state                | user     |
      | not granted          | release2 |
      | expired              | release  |
      | over at this instant | release  |

  @URS-CHG-004
  Scenario Outline: The review is made by another person
    Given "<user>" has emergency authority for 60 minutes
    When an emergency change to revision B of "Cream" is promoted by "<user>" after 1 minutes
    Then a review by the person who used the authority is refused and one by "qa" is recorded

    Examples: who may not review anything, and who may review the emergencies of others
      | user    |
      | release |
      | multi   |

@epic:security
Feature: Roles and access
  Unauthorised changes are refused and do not spread; roles are masters too.

  @URS-SEC-002
  Scenario Outline: A master change by <user> is refused and does not spread, <path>
    Given product "Cream" is in production
    When "<user>" submits revision B of "Cream", <path>
    Then the submission is refused for want of the role
    And revision B of "Cream" is known nowhere

    Examples:
      | user     | path   |
      | viewer   | single |
      | viewer   | bulk   |
      | operator | single |
      | planner  | single |
      | trainee  | bulk   |

  @URS-SEC-002
  Scenario Outline: A hold by <user> is refused and does not spread, <path>
    Given product "Cream" is in production
    And lot "L1" of 50 KGM of "Base" is in stock at EAST
    When "<user>" puts lot "L1" on hold, <path>
    Then the hold is refused for want of the role
    And lot "L1" stays UnRestricted in every system

    Examples:
      | user      | path   |
      | viewer    | single |
      | viewer    | bulk   |
      | operator  | bulk   |
      | warehouse | bulk   |

  @URS-SEC-002
  Scenario: An unknown user is turned away by every system
    When a master change with an unknown credential is tried in every system
    Then every system turns it away

  @URS-SEC-004
  Scenario: A role that is granted or withdrawn is so in every system
    Given product "Cream" is in production
    And a mixer that is idle
    And "trainee" has no roles
    When "trainee" is given the roles operator, warehouse and planner
    Then the roles of "trainee" are the same in every system
    And "trainee" may do the work of these roles in execution, warehouse and planning
    And once the roles are withdrawn "trainee" may do none of it

@epic:change-control
Feature: Change requests, approvals and promotion
  A change states why, what it touches and when; people approve it by role; it
  is promoted under control.

  Background:
    Given product "Cream" is in production
    And revision B of "Cream" is submitted and not released

  @URS-CHG-001
  Scenario Outline: A change request without <missing> is refused
    When a change request for revision B of "Cream" without <missing> is made
    Then the change request is refused because of its <missing>

    Examples:
      | missing                            |
      | rationale                          |
      | impact                             |
      | effective date                     |
      | impact on a domain that it changes |

  @URS-REV-011
  Scenario: A revision cannot be released without an effective date
    When a change request for revision B of "Cream" without effective date is made
    Then no revision B of "Cream" is released in any system

  @URS-REV-011
  Scenario Outline: A date that has passed at a site is no effective date: <effective date>
    Given business time is 2027-02-10T06:00:00Z
    When a change request for revision B of "Cream" with effect from <effective date> is made
    Then the change request is <verdict> by its effective date

    Examples:
      | effective date                 | verdict  |
      | 2027-02-10T05:59:59Z           | refused  |
      | 2027-02-10T06:00:00Z           | accepted |
      | 2027-02-10T06:59:59 local time | refused  |
      | 2027-02-10T07:00:00 local time | accepted |

  @URS-CHG-002
  Scenario Outline: An approval by <who> does not count
    Given a change request for revision B of "Cream" by "multi"
    When the change request is approved by <who>
    Then the approval is refused

    Examples:
      | who                                             |
      | somebody without the role                       |
      | its own author                                  |
      | the same person in a second role                |

  @URS-SEC-001
  Scenario Outline: Nobody approves or promotes a change of their own
    Given a change request for revision B of "Cream" by "multi"
    When its author tries to <act> it
    Then the self-approval is refused and the change stays as it was

    Examples:
      | act                                |
      | approve as quality_approver        |
      | approve as production_approver     |
      | promote                            |

  @URS-REV-012
  Scenario Outline: Activation with <approvals> is refused
    Given a change request for revision B of "Cream" by "engineer"
    And the change request has <approvals>
    When the change request is promoted
    Then the promotion is refused because approvals are missing
    And the recipe, routing and bom of "Cream" at EAST are revision A in every system

    Examples:
      | approvals                |
      | no approval              |
      | only quality approval    |
      | only production approval |

  @URS-CHG-003
  Scenario: Revisions go from draft to effective only by promotion
    Given a change request for revision B of "Cream" by "engineer"
    When the change request is approved, promoted and its date is reached
    Then each state was reached by a person of the right role, in the order draft, approved, promoted, active
    And revision B was not in effect before

  @URS-CHG-003
  Scenario: A promoted change cannot be promoted again
    Given revision C of "Cream" is released for 2027-03-10T06:00:00Z
    When that change is promoted a second time
    Then the second promotion is refused

  @URS-CHG-003
  Scenario: A promoted change takes no further approval
    Given revision C of "Cream" is released for 2027-03-10T06:00:00Z
    When that change is approved by another quality approver
    Then the belated approval is refused and the approvals stay as they were

  @URS-CHG-008
  Scenario: A change of several products gives none of them the masters of another
    Given product "Gel" is in production
    And revision C of "Cream" and "Gel" is released by one change for 2027-03-10T06:00:00Z
    When business time is 2027-03-10T06:00:00Z
    Then the recipe, routing and bom in effect of "Cream" and "Gel" at EAST are their own in every system

  @URS-REV-007
  Scenario: Who approved a revision, and under which change, can be asked
    Given revision C of "Cream" is released for 2027-03-10T06:00:00Z
    When business time is 2027-06-01T00:00:00Z
    Then every system names the change and the approvers of revision C of the recipe, routing and bom of "Cream"

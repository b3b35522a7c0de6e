@epic:data-quality
Feature: Data quality - Revision integrity
  No revision is effective without approvals and audit-trail linkage.

  Background:
    Given product "Cream" is in production

  @URS-REV-014
  Scenario: The effective revision carries its change and approvals in every system
    Given revision B of "Cream" is released for 2027-03-10T06:00:00Z
    When business time is 2027-03-10T06:00:00Z
    Then the effective bom of "Cream" is linked to its change, its approvals and its audit trail in every system

  @URS-REV-014
  Scenario Outline: An activation with <approvals> is refused by every system
    Given revision B of "Cream" is submitted and not released
    When an activation of revision B of "Cream" with <approvals> is delivered to every system
    Then every system refuses the activation and revision A stays in effect

    Examples:
      | approvals                    |
      | no approvals                 |
      | only quality approval        |
      | only production approval     |
      | both approvals by one person |

  @URS-VAL-009
  Scenario: A product that is withdrawn keeps its masters for the order that runs on them
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And operation 10 of order "O1" is completed
    And product "Cream" is withdrawn from 2027-03-10T06:00:00Z
    When business time is 2027-03-10T06:00:00Z
    Then order "O1" keeps its masters and requirements in every system
    And operation 20 of order "O1" can be started
    And a new order for "Cream" at EAST is not released

  @URS-REV-010
  Scenario Outline: A revision of a <domain> is never overwritten
    When revision A of the <domain> of "Cream" is submitted again with other content
    Then the overwriting is refused and revision A of the <domain> is unchanged in every system
    And a new revision of the <domain> is kept beside revision A

    Examples:
      | domain  |
      | recipe  |
      | routing |
      | bom     |
      | label   |

  @URS-REV-010
  Scenario Outline: No event overwrites a revision of a <domain>
    When revision A of the <domain> of "Cream" with other content is sent to every other system than its owner
    Then each of them refuses the event and revision A of the <domain> is unchanged in every system

    Examples:
      | domain |
      | bom    |
      | recipe |

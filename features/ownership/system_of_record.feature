@epic:ownership
Feature: One system of record per domain
  No two systems can edit the same master.

  Background:
    Given product "Cream" is in production

  @URS-OWN-002
  Scenario Outline: A <domain> is edited in one system only, <path>
    When an edit of the <domain> of "Cream" is tried in every system, <path>
    Then only the system of record accepts the edit of the <domain>
    And every other system refuses it, names the owner and logs the attempt

    Examples:
      | domain             | path   |
      | material           | single |
      | bom                | single |
      | bom                | bulk   |
      | recipe             | single |
      | recipe             | bulk   |
      | routing            | single |
      | test specification | single |
      | label              | single |
      | label              | bulk   |
      | uom                | single |
      | variant            | single |

  @URS-OWN-002
  Scenario Outline: No system takes a <domain> from one that does not own it
    When revision B of the <domain> of "Cream" reaches every other system from one that does not own it
    Then every other system refuses the event, names the owner and holds nothing of it

    Examples: one domain of each owner
      | domain |
      | bom    |
      | recipe |
      | label  |

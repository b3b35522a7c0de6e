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

@epic:block-test-5
Feature: Block test 5 - Variant
  Switch a SKU variant and prove that every dependent master follows.

  Background:
    Given product "Cream" is in production
    And variant "Cream-Rose" of "Cream" has masters of its own

  @URS-VAR-001
  Scenario Outline: Switching the variant switches bom, label, tests and routing everywhere
    Given order "O1" for 100 C62 of "Cream" at <site> is released
    When order "O1" is switched to variant "Cream-Rose"
    Then order "O1" is driven by the bom, label, test specification and routing of "Cream-Rose" in every system
    And the dispatchable operations of order "O1" are exactly those of the effective routing
    And every system requires the exactly computed quantities for order "O1"

    Examples:
      | site |
      | EAST |
      | WEST |

  @URS-VAR-001
  Scenario: The last of two switches counts in every system
    Given variant "Cream-Mint" of "Cream" has masters of its own
    And order "O1" for 100 C62 of "Cream" at EAST is released
    When order "O1" is switched to variant "Cream-Rose"
    And order "O1" is switched to variant "Cream-Mint"
    Then order "O1" is driven by the bom, label, test specification and routing of "Cream-Mint" in every system
    And every system requires the exactly computed quantities for order "O1"

  @URS-VAR-001
  Scenario: A switch that rests on an outdated view of the order is refused
    Given order "O1" for 100 C62 of "Cream" at EAST is planned
    And a planner has order "O1" on the screen
    And planned order "O1" is released
    When that planner switches order "O1" to variant "Cream-Rose"
    Then the switch of order "O1" is refused as outdated and nothing of it is in any system
    And after another look order "O1" can be switched to variant "Cream-Rose"

  @URS-VAR-002
  Scenario Outline: A variant that leaves out its <dependent> is not accepted
    When a variant of "Cream" without its <dependent> is pushed to every system
    Then the variant is kept out of every system because it is incomplete

    Examples:
      | dependent          |
      | bom                |
      | routing            |
      | label              |
      | test specification |

  @URS-VAR-002
  Scenario: A started order cannot be switched to another variant
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And operation 10 of order "O1" is started
    When order "O1" is switched to variant "Cream-Rose"
    Then the switch is refused and order "O1" stays with the masters it started with

@epic:data-quality
Feature: Data quality - BOM completeness
  Invalid structures are rejected or quarantined, never accepted with a warning.

  Background:
    Given product "Cream" is in production

  @URS-VAL-002 @URS-AUD-004
  Scenario: A component that is no known item keeps the bom out of effect
    When a bom of "Cream" with an unknown component is pushed to every system
    Then the bom is kept out of every system because the component is unknown
    And no receipt says that the bom was accepted

  @URS-VAL-003
  Scenario Outline: Substitution is controlled: <fault>
    When a bom of "Cream" with <fault> is pushed to every system
    Then the substitution fault is kept out of every system

    Examples:
      | fault                                 |
      | substitution allowed but no alternate |
      | alternates without approval           |
      | an unknown alternate                  |

  @URS-VAL-003
  Scenario: Only an approved alternate can be consumed in place of a component
    Given product "Gel" needs 10 KGM of "Oil" per 100 C62, or its approved alternate "Oil-2"
    And product "Gel" is in production
    And order "O1" for 100 C62 of "Gel" at EAST is released
    And lot "L2" of 50 KGM of "Oil-2" is in stock at EAST
    And lot "L3" of 50 KGM of "Wax" is in stock at EAST
    And operation 10 of order "O1" is started
    Then consumption of lot "L2" for order "O1" is accepted as an approved alternate
    And consumption of lot "L3" for order "O1" is refused as no component of it
    And scrap of lot "L3" for order "O1" is refused as no component of it

  @URS-VAL-005
  Scenario Outline: An incomplete bom is rejected and logged: <fault>
    When a bom of "Cream" with <fault> is pushed to every system
    Then the bom is rejected by every system and logged

    Examples:
      | fault                    |
      | no lines                 |
      | a quantity of zero       |
      | a negative quantity      |
      | itself as a component    |
      | an inconvertible unit    |
      | two lines of one number  |
      | a base quantity of zero  |

  @URS-VAL-005
  Scenario: A bom that needs its own product by way of another one is rejected and logged
    Given product "Set" is made from 1 C62 of product "Cream"
    When a bom of "Cream" that needs "Set" is pushed to every system
    Then the bom is rejected by every system and logged

  @URS-VAL-001
  Scenario Outline: An invalid <domain> changes nothing anywhere
    When an invalid <domain> of "Cream" is pushed to every system, <path>
    Then no system knows the invalid <domain> as approved or effective

    Examples:
      | domain             | path   |
      | material           | single |
      | bom                | single |
      | bom                | bulk   |
      | recipe             | single |
      | routing            | single |
      | routing            | bulk   |
      | test specification | single |
      | label              | single |
      | uom                | single |
      | uom                | bulk   |
      | variant            | single |

  @URS-VAL-001
  Scenario Outline: A <domain> with <fault> changes nothing anywhere
    When a <domain> of "Cream" with <fault> is pushed to every system
    Then no system knows the invalid <domain> as approved or effective

    Examples:
      | domain             | fault                           |
      | test specification | limits turned round             |
      | test specification | no characteristics              |
      | label              | a negative tolerance            |
      | uom                | a rounding increment of zero    |
      | uom                | another base unit than its item |

  @URS-VAL-001 @URS-VAL-008
  Scenario Outline: What belongs to no product is held to its meaning too: <fault>
    When <fault> is pushed to every system
    Then <fault> is kept out of every system, and each error names the object, the fault and the mend

    Examples:
      | fault                                    |
      | equipment of no class                    |
      | an identity rule of lengths turned round |
      | an identity rule that asks for no length |
      | an identity rule without alphabet        |

  @URS-VAL-004
  Scenario: What arrived but was not accepted is not in effect
    Given a bom revision B of "Cream" with component "Spice" that no system knows yet
    And the bom revision B is released for 2027-03-10T06:00:00Z
    When business time is 2027-03-10T06:00:01Z
    Then the bom of "Cream" at EAST is revision A in every system because it is not accepted
    And the bom of "Cream" at EAST becomes revision B in every system once "Spice" is known

  @URS-VAL-006
  Scenario: An invalid unit conversion is rejected and logged
    Given product "Gel" needs 3 BX of "Oil" per 100 C62
    And 1 BX of "Oil" is 12 KGM, rounded half_up to 0.001
    And product "Gel" is in production
    When a conversion of 1 BX of "Oil" to 0 KGM is pushed to every system
    Then the invalid conversion push is rejected and logged by every system

  @URS-VAL-008
  Scenario: Bad data is blocked before production and the error can be acted on
    Given a bom of "Cream" without lines is pushed to every system
    When order "O1" for 100 C62 of "Cream" at EAST is executed
    Then order "O1" was executed with the last good bom
    And each system's error for the bad bom names the object, the fault and the mend

@epic:traceability
Feature: Traceability continuity
  Genealogy stays reconstructable across revisions; consumption is enforced
  against masters and lot status.

  Background:
    Given product "Cream" needs 10 KGM of "Oil" per 100 C62
    And product "Cream" is in production
    And lot "L1" of 500 KGM of "Oil" is in stock at EAST
    And lot "L2" of 500 KGM of "Oil" is in stock at EAST

  @URS-TRC-001
  Scenario: Genealogy is complete across a change of revision
    Given revision B of "Cream" is released for 2027-03-10T06:00:00Z
    And order "O1" for 100 C62 of "Cream" at EAST consumes lot "L1" and produces lot "P1" at 2027-03-10T05:59:59Z
    And order "O2" for 100 C62 of "Cream" at EAST consumes lot "L1" and lot "L2" and produces lot "P2" at 2027-03-10T06:00:00Z
    When business time is 2027-06-01T00:00:00Z
    Then lot "P1" is traced to exactly lot "L1"
    And lot "P2" is traced to exactly lot "L1" and lot "L2"
    And lot "L1" is traced forward to exactly lot "P1" and lot "P2"
    And each produced lot is traced to the revisions that drove it

  @URS-TRC-001
  Scenario: Genealogy runs through an intermediate
    Given product "Kit" is made from 1 C62 of product "Cream"
    And order "O1" for 100 C62 of "Cream" at EAST consumes lot "L1" and produces lot "P1" at 2027-02-10T06:00:00Z
    And order "O2" for 50 C62 of "Kit" at EAST consumes lot "P1" and produces lot "K1" at 2027-02-11T06:00:00Z
    Then lot "K1" is traced to exactly lot "P1" and lot "L1"
    And lot "L1" is traced forward to exactly lot "P1" and lot "K1"

  @URS-TRC-007
  Scenario: What is repacked has an identity of its own, and the source keeps what is left
    Given product "Kit" is made from 1 C62 of product "Cream"
    And order "O1" for 100 C62 of "Cream" at EAST consumes lot "L1" and produces lot "P1" at 2027-02-10T06:00:00Z
    And order "O2" for 40 C62 of "Kit" at EAST consumes lot "P1" and produces lot "K1" at 2027-02-11T06:00:00Z
    Then lot "K1" holds 40 C62 of "Kit" in every system
    And lot "P1" holds 60 C62 of "Cream" in every system

  @URS-TRC-003
  Scenario Outline: Consumption agrees with the effective bom or is explained: <case>
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And operation 10 of order "O1" is started
    When <quantity> KGM of lot "L1" is consumed for order "O1" <explained>
    Then the consumption is <verdict> and the batch record agrees

    Examples:
      | case                     | quantity | explained              | verdict  |
      | as required              | 10       | without an explanation | accepted |
      | more, not explained      | 12       | without an explanation | refused  |
      | more, explained          | 12       | with an explanation    | accepted |

  @URS-TRC-005
  Scenario Outline: Lot-specific consumption is enforced: <case>
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And operation 10 of order "O1" is started
    When a lot that is <case> is consumed for order "O1"
    Then the consumption is refused because the lot is <case>

    Examples:
      | case                       |
      | of another item            |
      | on hold                    |
      | expired                    |
      | unknown                    |
      | smaller than the quantity  |
      | of no component            |

  @URS-TRC-005
  Scenario Outline: No system issues a lot that is <case>
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    When a lot that is <case> is issued to order "O1" by every system
    Then every issue is refused because the lot is <case>

    Examples:
      | case                       |
      | of no component            |
      | unknown                    |
      | smaller than the quantity  |

  @URS-TRC-005
  Scenario: No system issues a lot under the item of another component
    Given product "Gel" needs 10 KGM of "Oil" per 100 C62
    And product "Gel" needs 5 KGM of "Water" per 100 C62
    And product "Gel" is in production
    And lot "W1" of 50 KGM of "Water" is in stock at EAST
    And order "O1" for 100 C62 of "Gel" at EAST is released
    When lot "W1" is issued to order "O1" under the item of lot "L1" by every system
    Then every issue is refused because the lot is of another item

  @URS-TRC-005
  Scenario Outline: No verb takes <amount> KGM of a lot
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And operation 10 of order "O1" is started
    When <amount> KGM of lot "L1" are taken for order "O1" by every verb
    Then every attempt is refused because of the quantity

    Examples:
      | amount |
      | 0      |
      | -1     |

  @URS-TRC-001
  Scenario Outline: Output has one origin: not <output>
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And operation 10 of order "O1" is started
    When output of order "O1" is reported <output>
    Then the output is refused because it would be <output>

    Examples:
      | output                        |
      | under the item of a component |
      | into lot "L1"                 |
      | of 0 C62                      |

  @URS-TRC-002
  Scenario: A lot number is given once
    When lot "L1" is received once more
    Then the receipt is refused because lot "L1" is there
    And the stock of lot "L1" is what was received
